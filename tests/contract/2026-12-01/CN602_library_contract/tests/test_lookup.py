from shelving.stores import MemoryShelf  # want: CN602


class TestShelfLookup:
    __test__ = False

    def make(self) -> MemoryShelf:
        return MemoryShelf(k="Persuasion")

    def test_has(self):
        assert "k" in self.make()
