"""The tram network and its switches."""
from __future__ import annotations

import os

LINES: dict[str, list[str]] = {"1": ["Depot", "Opera"]}
night_service = False


class Signal:
    default_state = "stop"

    def __init__(self) -> None:
        self.state = Signal.default_state


def stops(line: str) -> list[str]:
    return LINES[line] if not night_service else LINES[line][:1]


def operator() -> str:
    return os.environ.get("TRAM_OPERATOR", "city")
