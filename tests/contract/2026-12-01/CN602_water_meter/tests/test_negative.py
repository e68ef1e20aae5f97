import pytest  # want: CN602

from meter.reading import parse


class NegativeReadings:
    def test_sign(self):
        assert parse("2026-05-02;-4").litres == -4

    def test_blank(self):
        with pytest.raises(IndexError):
            parse("")
