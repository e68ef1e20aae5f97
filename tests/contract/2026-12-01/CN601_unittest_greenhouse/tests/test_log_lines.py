"""MagicMok in a docstring is no name."""
from greenhouse.valves import Valve

SEEN: list[str] = []


class Wire:
    write = SEEN.append


def test_opening_is_written():
    Mock = Wire  # a name of our own
    Valve(Mock).open_for(9)  # ok: CN601 assigned on the line above
    assert SEEN.pop() == "OPEN 9"


def test_names_in_strings():
    assert Valve.__name__ != "MagicNock"  # ok: CN601 a string
