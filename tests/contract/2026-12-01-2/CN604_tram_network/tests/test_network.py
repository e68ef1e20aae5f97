import os

import pytest

from tram import network
from tram.network import Signal


@pytest.fixture
def night():
    network.night_service = True  # ok: CN604 the fixture resets it
    yield
    network.night_service = False


@pytest.fixture
def go_signal(monkeypatch):
    monkeypatch.setattr(Signal, "default_state", "go")
    return Signal()


def test_night_stops(night):
    assert network.stops("1") == ["Depot"]


def test_operator_from_environment():
    os.environ["TRAM_OPERATOR"] = "north"  # want: CN604
    assert network.operator() == "north"


def test_operator_default():
    assert network.operator() == "city"


def test_go(go_signal):
    assert go_signal.state == "go"


def test_signal_caution():
    Signal.default_state = "caution"  # want: CN604
    assert Signal().state == "caution"


def test_signal_starts_with_stop():
    assert Signal().state == "stop"


def test_new_line(monkeypatch):
    monkeypatch.setitem(network.LINES, "2", ["Zoo", "Harbour"])
    assert network.stops("2")[0] == "Zoo"


def test_longer_line():
    before = network.LINES["1"]
    network.LINES["1"] = before + ["Airport"]  # ok: CN604 the finally resets it
    try:
        assert network.stops("1")[-1] == "Airport"
    finally:
        network.LINES["1"] = before


def test_own_signal():
    signal = Signal()
    signal.state = "dark"  # ok: CN604 an object of this test
    assert signal.state == "dark"


def test_own_lines():
    lines = dict(network.LINES)
    lines["9"] = []  # ok: CN604 a copy
    assert "9" not in network.LINES
