import os
from os import environ, getenv as from_environment

from observatory.config import Config


def first_target(targets: dict[str, float]) -> str:
    latitude = float(environ["OBS_LATITUDE"])  # want: CN301
    return min(targets, key=lambda name: abs(targets[name] - latitude))


def exposures(minutes: int) -> int:
    return int(minutes * 60 / float(from_environment("OBS_EXPOSURE", "30")))  # want: CN301


def filter_wheel() -> list[str]:
    wheel = os.environ.get("OBS_FILTERS", "r,g,b")  # want: CN301
    return [f"slot {place}: {name}" for place, name in enumerate(wheel.split(","))]


class Dome:
    name = os.getenv("OBS_TELESCOPE")  # want: CN301

    def open(self, rain: bool) -> bool:
        return not rain and bool(self.name)


def exposure_of(config: type[Config]) -> float:
    return config.exposure  # ok: CN301 through the accessor


def simulate(night: str) -> None:
    os.environ["OBS_NIGHT"] = night  # ok: CN301 a write
    del os.environ["OBS_NIGHT"]  # ok: CN301 a removal
