from lessons.plan import equip  # ok: CN403 a test
from rental.kites import kite_for


def test_same_kite_in_a_lesson() -> None:
    assert equip([70], 15) == [kite_for(70, 15)]
