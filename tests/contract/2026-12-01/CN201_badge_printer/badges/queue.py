import logging


class BadgeQueue:
    log = logging.getLogger("badges.queue")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.waiting: list[bytes] = []

    def push(self, sheet: bytes) -> None:
        if len(self.waiting) >= self.capacity:
            self.log.debug("queue is full")
            raise OverflowError("too many badges")
        self.waiting.append(sheet)

    def flush(self, printer) -> int:
        sent = 0
        while self.waiting:
            try:
                printer.send(self.waiting[0])
                sent += 1
            except Exception:  # want: CN201
                self.log.debug("flush: sheet of %d bytes", len(self.waiting[0]))
            self.waiting.pop(0)
        return sent
