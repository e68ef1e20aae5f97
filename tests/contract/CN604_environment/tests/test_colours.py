import os


def test_no_colour():
    os.environ["TEST_COLOURS"] = "no"  # ok: CN604 no other test reads it
    assert os.environ["TEST_COLOURS"] == "no"
