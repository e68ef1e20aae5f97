from billing import rates


def fake_rates(Mock=None):
    return Mock or {"XYZ": 1.5}  # ok: CN601 a parameter


def test_fake_rates(monkeypatch):
    monkeypatch.setattr(rates, "rate", fake_rates().get)
    assert rates.in_euro(2, "XYZ") == 3
