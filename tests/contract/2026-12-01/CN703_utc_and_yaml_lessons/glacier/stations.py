from pathlib import Path

import yaml


def load_station(path: Path) -> dict:
    with path.open() as handle:
        return yaml.safe_load(handle)  # ok: CN703 the correct form


def load_calibration(path: Path) -> list[float]:
    with path.open() as handle:
        raw = yaml.unsafe_load(handle)  # want: CN703
    return [float(value) for value in raw["offsets"]]


HELP = "datetime.utcnow() is wrong here"  # ok: CN703 a string
