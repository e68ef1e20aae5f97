import json
import logging
from pathlib import Path

log = logging.getLogger("pay.store")
_rates: dict[str, float] = {}


def saved(path: Path) -> dict:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:  # ok: CN201 the fallback answers it
        log.debug("nothing saved yet")
        return {}


def rate(currency: str) -> float | None:
    try:
        return _rates[currency]
    except KeyError:  # ok: CN201 the fallback answers it
        log.debug("no rate of %s", currency)
        return None


try:
    import orjson
except ImportError:  # ok: CN201 an optional dependency
    log.debug("orjson is not installed")
    orjson = None
