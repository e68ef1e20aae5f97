import threading
from contextlib import ExitStack, contextmanager
from typing import Iterator


class Spooler:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tray = threading.Semaphore(2)
        self._jobs: list[str] = []
        self.ink = 100.0

    def submit(self, job: str) -> int:
        self._lock.acquire()  # want: CN104
        self._jobs.append(self._validated(job))
        position = len(self._jobs)
        self._lock.release()
        return position

    def _validated(self, job: str) -> str:
        if not job.endswith(".ps"):
            raise ValueError(f"not PostScript: {job}")
        return job

    def cancel(self, job: str) -> bool:
        self._lock.acquire()  # ok: CN104 released in finally
        try:
            if job in self._jobs:
                self._jobs.remove(job)
                return True
            return False
        finally:
            self._lock.release()

    def try_print(self) -> str | None:
        if not self._tray.acquire(blocking=False):  # ok: CN104 leaves at once, else finally
            return None
        try:
            with self._lock:  # ok: CN104 a with statement
                job = self._jobs.pop(0)
            self.ink -= 0.5
            return job
        finally:
            self._tray.release()

    @contextmanager
    def paused(self) -> Iterator[None]:
        self._tray.acquire()  # ok: CN104 a context manager with finally
        try:
            yield
        finally:
            self._tray.release()

    def clean_heads(self, passes: int) -> None:
        with ExitStack() as stack:
            self._lock.acquire()  # ok: CN104 the stack releases it
            stack.callback(self._lock.release)
            for _ in range(passes):
                self.ink -= 1.5

    def feed(self, sheets: int) -> None:
        self._tray.acquire()  # want: CN104
        try:
            self.ink -= sheets * 0.1
            if self.ink < 0:
                raise RuntimeError("out of ink")
        except ValueError:
            self.ink = 0.0
        self._tray.release()
