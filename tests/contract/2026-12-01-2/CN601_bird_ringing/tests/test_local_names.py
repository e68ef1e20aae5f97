from pytest import approx

from ringing.station import Bird


class MockScale:
    """A scale that says what it is told."""

    def __init__(self, grams: float) -> None:
        self.grams = grams

    def read(self) -> float:
        return self.grams


def test_mock_scale():
    assert MockScale(4.5).read() == approx(4.5)  # ok: CN601 defined above


def test_bird():
    Magic = type("Magic", (), {"ring": "B2"})
    assert Magic.ring == Bird("B2", "finch", 20.0).ring  # ok: CN601 a local name
