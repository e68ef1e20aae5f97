from unittest.mock import MagicMock, Mock, create_autospec

import pytest

from ambulance.dispatch import Dispatcher, Fleet, Settings


@pytest.fixture
def fleet() -> Fleet:
    return Fleet(2)


def test_send_out(fleet: Fleet):
    assert fleet.send_out() in {0, 1}
    assert len(fleet.free) == 1  # ok: CN603 set in __init__


def test_bring_back(fleet: Fleet):
    car = fleet.send_out()
    fleet.bring_back(car)  # want: CN603
    assert len(fleet.free) == 2


def test_loose_double():
    double = MagicMock()
    double.send_out.return_value = 4
    assert Dispatcher(double).alarm("pier") == "4 to pier"
    double.refuel.assert_not_called()  # ok: CN603 a mock without spec has every name


def test_strict_double():
    double = MagicMock(spec=Fleet)
    double.send_out.return_value = 5
    Dispatcher(double).alarm("mill")
    double.bringhome.assert_not_called()  # want: CN603


def test_autospec():
    double = create_autospec(Fleet, instance=True)
    double.send_out.return_value = 6
    assert Dispatcher(double).alarm("quay").startswith("6")
    double.bring_home.assert_not_called()  # ok: CN603 a method of the class


def test_settings():
    settings = Settings(radius=40)
    assert settings.radius == 40  # ok: CN603 __getattr__ answers


def test_dispatcher_keeps_settings(fleet: Fleet):
    dispatcher = Dispatcher(fleet, Settings())
    assert dispatcher.settings is not None
    assert dispatcher.setting is None  # want: CN603


def test_patched(fleet: Fleet, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fleet, "wash", Mock(return_value="clean"), raising=False)
    assert fleet.wash(1) == "clean"  # ok: CN603 monkeypatch gives it
