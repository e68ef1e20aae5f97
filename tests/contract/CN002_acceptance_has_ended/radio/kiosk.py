class UnifiedStreamPlayer:  # ok: CN002 accepted still
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.current: str | None = None

    def play(self, url: str) -> None:
        self.current = f"{self.folder}/{url.rsplit('/', 1)[-1]}"

    def pause(self) -> None:
        self.current = None

    def stop(self) -> None:
        self.current = None
