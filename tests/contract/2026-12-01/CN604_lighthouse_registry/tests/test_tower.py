from beacon.registry import Tower


def test_taller():
    Tower.shared().floors = 9  # want: CN604
    assert Tower.shared().floors == 9


def test_as_built():
    assert Tower.shared().floors == 3


def test_private_tower():
    tower = Tower()
    tower.floors = 1  # ok: CN604 not the shared one
    assert tower.floors == 1
