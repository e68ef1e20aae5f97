import threading


class Spooler:
    def __init__(self, device) -> None:
        self.device = device
        self._lock = threading.Lock()
        self._pages = threading.BoundedSemaphore(50)

    def print_page(self, page: bytes) -> int:
        self._lock.acquire()  # want: CN104
        written = self.device.write(page)
        self.device.flush()
        self._lock.release()
        return written

    def print_all(self, pages: list[bytes]) -> int:
        with self._lock:  # ok: CN104 a context manager
            return sum(self.device.write(page) for page in pages)

    def feed(self, count: int) -> None:
        for _ in range(count):
            self._pages.acquire()  # want: CN104
            self.device.feed()
            self._pages.release()

    def status(self) -> str:
        self._lock.acquire()  # ok: CN104 released in finally
        try:
            return self.device.status()
        finally:
            self._lock.release()
