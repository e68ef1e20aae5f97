import pytest

from feature import flags
from feature.flags import Flags


class TestFlags:
    def test_strict(self):
        Flags.strict = True  # want: CN604
        with pytest.raises(KeyError):
            Flags.get("x")

    def test_lenient(self):
        assert Flags.get("x") is False

    def test_module(self):
        flags.ENABLED = {"y"}  # want: CN604
        assert Flags.get("y") is True

    def test_nothing_enabled(self):
        assert flags.ENABLED == set()
