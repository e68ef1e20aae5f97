import time


class CacheClient:
    def __init__(self) -> None:
        self.entries: dict[str, tuple[float, bytes]] = {}

    def fetch(self, key: str) -> bytes | None:
        expires, value = self.entries.get(key, (0.0, b""))
        return value if expires > time.monotonic() else None

    def store(self, key: str, value: bytes) -> None:
        self.entries[key] = (time.monotonic() + 60, value)

    def purge(self, prefix: str) -> int:
        doomed = [key for key in self.entries if key.startswith(prefix)]
        for key in doomed:
            del self.entries[key]
        return len(doomed)
