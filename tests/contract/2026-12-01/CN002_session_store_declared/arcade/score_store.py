import json
from pathlib import Path


class ScoreStore:  # ok: CN002 another domain object with the same methods
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, key: str) -> dict | None:
        path = self.folder / f"{key}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def save(self, key: str, data: dict) -> None:
        target = self.folder / f"{key}.json"
        partial = target.with_suffix(".part")
        partial.write_text(json.dumps(data, sort_keys=True))
        partial.replace(target)

    def drop(self, key: str) -> None:
        (self.folder / f"{key}.json").unlink(missing_ok=True)
