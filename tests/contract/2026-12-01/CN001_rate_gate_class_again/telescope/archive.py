import time


class RateGate:
    def __init__(self, per_second: float, burst: int) -> None:
        self.per_second = per_second
        self.burst = burst
        self.level = float(burst)
        self.last = time.monotonic()

    def allow(self, amount: int = 1) -> bool:
        moment = time.monotonic()
        filled = self.level + (moment - self.last) * self.per_second
        self.level = min(float(self.burst), filled)
        self.last = moment
        if self.level < amount:
            return False
        self.level -= amount
        return True


def upload(gate: RateGate, frames: list[bytes], send) -> int:
    sent = 0
    for frame in frames:
        if gate.allow():
            send(frame)
            sent += 1
    return sent
