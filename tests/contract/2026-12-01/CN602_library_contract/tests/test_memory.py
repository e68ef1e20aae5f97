from shelving.stores import MemoryShelf  # ok: CN602 the tests are inherited
from tests.contract import ShelfContract


class TestMemory(ShelfContract):
    shelf = MemoryShelf
