from plotter.pens import PENS


def test_red():
    PENS["red"] = 2  # ok: CN604 an autouse fixture resets it
    assert PENS["red"] == 2


def test_no_red():
    assert "red" not in PENS
