from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


class ManifestError(ValueError):
    """A manifest cannot be used."""


@dataclass(frozen=True)
class Manifest:
    name: str
    entry: str
    optional: bool = False
    best_effort: bool = False

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if "name" not in data:
            raise ManifestError(f"{path}: no name")  # ok: CN204 speaks of another key
        if data.get("optional"):
            return cls(data["name"], data.get("entry", "plugin"), optional=True)
        if "entry" not in data:
            raise ManifestError(f"{path}: no entry")  # ok: CN204 the optional case has returned above
        return cls(data["name"], data["entry"], best_effort=bool(data.get("best_effort")))
