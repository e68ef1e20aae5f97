"""The tests are made by a factory and given to the module."""
from glacier.flow import strain_rate


def _make(stress: float):
    def check() -> None:
        assert strain_rate(stress) >= 0

    return check


test_no_stress = _make(0)
test_some_stress = _make(10_000)
test_high_stress = _make(100_000)
