"""What every queue must do; test modules inherit from it."""
from __future__ import annotations


class QueueContract:
    def make(self):
        raise NotImplementedError

    def test_first_in_first_out(self):
        queue = self.make()
        queue.put("a")
        queue.put("b")
        assert queue.get() == "a"

    def test_length(self):
        queue = self.make()
        queue.put("a")
        assert len(queue) == 1
