"""Collected by the configured names."""
import pytest

from sundial.hours import is_day, shadow_angle


def check_noon():
    assert shadow_angle(12, 50.0) == 0.0


@pytest.mark.parametrize("hour", [5.9, 18.1])
def check_night(hour):
    assert not is_day(hour)


class SpecSymmetry:
    def check_mirror(self):
        assert shadow_angle(10, 48) == pytest.approx(-shadow_angle(14, 48))
