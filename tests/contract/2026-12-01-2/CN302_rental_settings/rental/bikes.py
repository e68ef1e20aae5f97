from __future__ import annotations

from dataclasses import dataclass

from rental import settings


@dataclass
class Bike:
    number: int
    dock: str | None = None

    def unlock_code(self) -> str:
        return f"{self.number:05d}-{len(settings.SIGNING_SECRET)}"


def free_bikes(bikes: list[Bike]) -> list[Bike]:
    return [bike for bike in bikes if bike.dock is not None]


def config_value(options: dict[str, str]) -> str:
    return options.get("colour_token", "green")  # ok: CN302 a dict of the caller, no setting
