"""The inventory, kept in YAML files."""
from __future__ import annotations

from pathlib import Path

import yaml


def read_tray(path: Path) -> dict:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=yaml.Loader)  # want: CN703


def read_shelf(folder: Path) -> dict[str, dict]:
    shelf = {}
    for path in sorted(folder.glob("*.yaml")):
        with path.open(encoding="utf-8") as stream:
            shelf[path.stem] = yaml.safe_load(stream)  # ok: CN703 the good form
    return shelf


def write_tray(path: Path, tray: dict) -> None:
    path.write_text(yaml.safe_dump(tray, sort_keys=True), encoding="utf-8")
