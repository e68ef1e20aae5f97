from beacon import registry


def test_night():
    registry.night_mode = True  # want: CN604
    assert registry.brightness() == 10


def test_day():
    assert registry.brightness() == 100


def test_night_by_hand():
    old = registry.night_mode
    registry.night_mode = not old  # ok: CN604 put back in finally
    try:
        assert registry.brightness() in {10, 100}
    finally:
        registry.night_mode = old
