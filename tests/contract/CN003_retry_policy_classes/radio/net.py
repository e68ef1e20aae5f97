import time


class RetryPolicy:
    def __init__(self, attempts: int, pause: float) -> None:
        self.attempts, self.pause = attempts, pause

    def run(self, action):
        for attempt in range(self.attempts):
            try:
                return action()
            except OSError:
                time.sleep(self.pause * attempt)
        raise TimeoutError("gave up")
