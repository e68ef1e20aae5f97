"""Shelves that are full. The cases were taken out when the capacity went."""  # want: CN602
from shelving.stores import MemoryShelf

SHELF = MemoryShelf()

# def test_full():
#     for number in range(100):
#         SHELF.put(str(number), "x")
#     assert len(SHELF) == 100
