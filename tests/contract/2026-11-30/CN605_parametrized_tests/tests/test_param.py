import pytest


class Box:  # ok: CN605 parametrize, setattr of data, type of a plain class
    pass


@pytest.mark.parametrize("name, value", [("one", 1), ("two", 2)])
def test_value(name, value):
    box = Box()
    setattr(box, f"field_{name}", value)
    assert getattr(box, f"field_{name}") == value


def test_type():
    kind = type(f"Kind{1}", (Box,), {"size": 3})
    assert kind.size == 3
