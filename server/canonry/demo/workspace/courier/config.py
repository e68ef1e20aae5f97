"""Settings of the service: a TOML file, overridden by the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """What can be set."""

    carrier_url: str = "https://carrier.example"
    database: str = "courier.db"
    timeout: float = 5.0


def load_config(path: Path, prefix: str = "COURIER_") -> Config:
    """Read the settings file, then let variables such as COURIER_TIMEOUT override it."""
    values = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    config = Config(**values)
    for field in fields(Config):
        text = os.environ.get(prefix + field.name.upper())
        if text is not None:
            config = replace(config, **{field.name: type(getattr(config, field.name))(text)})
    return config
