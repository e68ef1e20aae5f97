from baggage.queues import ListQueue

from base_queue import QueueContract


class TestListQueue(QueueContract):
    """Has its tests from the base."""

    def make(self):
        return ListQueue()
