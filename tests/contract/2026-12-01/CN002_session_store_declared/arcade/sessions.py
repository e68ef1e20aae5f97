import time


class SessionStore:  # want: CN002
    def __init__(self) -> None:
        self.rows: dict[str, tuple[float, dict]] = {}

    def load(self, key: str) -> dict | None:
        row = self.rows.get(key)
        if row is None or row[0] < time.monotonic():
            return None
        return row[1]

    def save(self, key: str, data: dict, ttl: float = 900) -> None:
        self.rows[key] = (time.monotonic() + ttl, data)

    def drop(self, key: str) -> None:
        self.rows.pop(key, None)
