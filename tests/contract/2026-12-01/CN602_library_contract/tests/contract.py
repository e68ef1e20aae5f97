import unittest


class ShelfContract:
    """What each shelf must do; subclasses give the shelf."""

    shelf: type

    def test_round_trip(self):
        shelf = self.shelf()
        shelf.put("k", "Emma")
        assert shelf["k"] == "Emma"


class Case(unittest.TestCase):
    maxDiff = None


def test_empty_shelf_is_falsy():
    from shelving.stores import MemoryShelf

    assert not MemoryShelf()
