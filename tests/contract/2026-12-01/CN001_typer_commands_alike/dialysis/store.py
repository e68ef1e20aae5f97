import json
from pathlib import Path


class Store:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: dict[str, dict[str, dict]] = json.loads(path.read_text()) if path.exists() else {}

    def find(self, table: str, key: str) -> dict | None:
        return self.data.get(table, {}).get(key)

    def insert(self, table: str, key: str, row: dict) -> None:  # ok: CN001 the opposite of delete
        rows = self.data.setdefault(table, {})
        rows[key] = row
        self.path.write_text(json.dumps(self.data))

    def delete(self, table: str, key: str) -> None:  # ok: CN001 the opposite of insert
        rows = self.data.setdefault(table, {})
        rows.pop(key, None)
        self.path.write_text(json.dumps(self.data))


def open_store() -> Store:
    return Store(Path.home() / ".dialysis.json")
