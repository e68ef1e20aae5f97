from pathlib import Path


class Outbox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    def put(self, text: str) -> None:
        (self.folder / f"{len(self.waiting())}.txt").write_text(text)

    def waiting(self) -> list[Path]:
        return sorted(self.folder.glob("*.txt"))
