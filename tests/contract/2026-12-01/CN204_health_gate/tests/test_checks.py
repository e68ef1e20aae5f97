import pytest

from gate import checks


def test_quota_is_strict():
    with pytest.raises(RuntimeError):
        checks.gate_quota(False, 0.9)


def test_low_disk_of_an_extra():
    assert checks.gate_disk(1.0, True) == "low"
