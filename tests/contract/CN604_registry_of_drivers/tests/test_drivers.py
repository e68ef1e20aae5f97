from printers import drivers
from printers.drivers import DRIVERS, Spooler


class Ink:
    pass


class Laser:
    pass


def test_register():
    DRIVERS["laser"] = Laser  # want: CN604
    assert drivers.driver() is Laser


def test_use():
    assert DRIVERS["laser"] is Laser


def test_more_jobs():
    Spooler.max_jobs = 100  # want: CN604
    assert Spooler.instance().accepts(50)


def test_few_jobs():
    assert not Spooler.instance().accepts(11)


def test_default(monkeypatch):
    monkeypatch.setattr(drivers, "default_driver", "ink")  # ok: CN604 monkeypatch
    monkeypatch.setitem(DRIVERS, "ink", Ink)  # ok: CN604 monkeypatch
    assert drivers.driver() is Ink


def test_changed_back():
    before = drivers.default_driver
    drivers.default_driver = "none"  # ok: CN604 put back in finally
    try:
        assert "none" not in DRIVERS
    finally:
        drivers.default_driver = before
