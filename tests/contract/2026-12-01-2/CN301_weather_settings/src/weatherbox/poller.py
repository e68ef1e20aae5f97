from __future__ import annotations

import os
import time

from weatherbox.pressure import to_sea_level
from weatherbox.settings import get_settings


def poll(read, publish, rounds: int | None = None) -> None:
    """Read the station and publish what it says."""
    settings = get_settings()
    station = os.environ["WEATHERBOX_STATION_ID"]  # want: CN301
    done = 0
    while rounds is None or done < rounds:
        sample = read(station)
        sample["pressure"] = to_sea_level(sample["pressure"], settings.elevation_m)
        publish(station, sample)
        done += 1
        time.sleep(settings.poll_seconds)


def in_service() -> bool:
    """Whether systemd started this process."""
    return "INVOCATION_ID" in os.environ  # ok: CN301 not a key of the settings


def data_dir() -> str:
    return os.environ.get("STATE_DIRECTORY", "/var/lib/weatherbox")  # ok: CN301 set by systemd, no accessor has it
