from shelving.stores import CountingShelf  # ok: CN602 a TestCase needs no Test in its name
from tests import contract


class Counting(contract.Case):
    def test_counts(self):
        shelf = CountingShelf()
        shelf.put("a", "Ivanhoe")
        self.assertEqual(shelf.puts, 1)
