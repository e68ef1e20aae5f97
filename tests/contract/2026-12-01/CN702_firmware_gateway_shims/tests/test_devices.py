import pytest

from gateway.devices import Pairing, decode, read_frame


def test_old_name_warns():
    with pytest.deprecated_call():  # ok: CN702 a test that the warning comes
        assert read_frame(b"on:1") == decode(b"on:1")


def test_waits_longer_each_time():
    waits = [Pairing().wait(attempt) for attempt in range(7)]
    assert waits == sorted(waits)  # ok: CN702 nothing old
