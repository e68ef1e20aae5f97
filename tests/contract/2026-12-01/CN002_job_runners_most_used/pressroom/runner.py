import subprocess
from collections import deque


class EnhancedJobRunner:  # ok: CN002 the most used of a family without an unmodified name
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.waiting: deque[list[str]] = deque()
        self.active: list[subprocess.Popen] = []

    def submit(self, command: list[str]) -> None:
        self.waiting.append(command)

    def step(self) -> int:
        self.active = [job for job in self.active if job.poll() is None]
        while self.waiting and len(self.active) < self.limit:
            self.active.append(subprocess.Popen(self.waiting.popleft()))
        return len(self.active)

    def cancel_all(self) -> None:
        self.waiting.clear()
        for job in self.active:
            job.terminate()
