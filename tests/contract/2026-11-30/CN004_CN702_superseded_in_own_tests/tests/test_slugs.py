from old.slugs import make_slug


def test_slug():
    assert make_slug("A b") == "a-b"  # want: CN004
