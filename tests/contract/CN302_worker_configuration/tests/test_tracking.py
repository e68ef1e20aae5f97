from mailer.tracking import tracking_link


def test_the_link_ends_with_the_message():
    assert tracking_link("m1").endswith("/open/m1")
