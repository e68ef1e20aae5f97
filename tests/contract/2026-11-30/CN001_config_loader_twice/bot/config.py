import os
from pathlib import Path
from typing import Any

import yaml

DEFAULT = Path("config.yaml")


def load_config(path: Path = DEFAULT) -> dict[str, Any]:
    """Read the YAML configuration; BOT_ variables override its keys."""
    with path.open(encoding="utf-8") as handle:
        config = yaml.safe_load(handle) or {}
    for name, value in os.environ.items():
        if name.startswith("BOT_"):
            config[name[4:].lower()] = value
    return config
