class Device:
    def __init__(self, path: str) -> None:
        self.path = path

    def write(self, data: bytes) -> int:
        with open(self.path, "ab") as stream:
            return stream.write(data)

    def flush(self) -> None:
        return None

    def feed(self) -> None:
        self.write(b"\f")

    def status(self) -> str:
        return "ready"
