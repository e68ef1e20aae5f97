"""The dome of the observatory."""
from __future__ import annotations

import tempfile
from pathlib import Path


class Dome:
    """Turns the slit to the azimuth of the telescope."""

    def __init__(self, home: float = 0.0) -> None:
        self.azimuth = home
        # temporary until the new encoder is mounted
        self.backlash = 1.5

    def turn_to(self, azimuth: float) -> None:
        # TODO update later
        self.azimuth = azimuth % 360 + self.backlash

    def rotate(self, azimuth: float) -> None:
        """Deprecated, use turn_to."""
        self.turn_to(azimuth)

    def park(self) -> None:
        # temporary until OBS-412 is done
        self.azimuth = 90.0

    def snapshot(self) -> Path:
        # a temporary file, removed by the caller
        handle = tempfile.NamedTemporaryFile(suffix=".txt", delete=False)
        with handle:
            handle.write(str(self.azimuth).encode())
        return Path(handle.name)

    def wait(self, seconds: int, step) -> int:
        # go on until the wind has calmed down
        while seconds > 0 and step():
            seconds -= 1
        return seconds
