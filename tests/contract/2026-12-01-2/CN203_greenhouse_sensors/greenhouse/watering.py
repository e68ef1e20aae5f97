from __future__ import annotations

import logging

from greenhouse.sensors import UNKNOWN, Probe

logger = logging.getLogger(__name__)


class Valve:
    def __init__(self, pin) -> None:
        self.pin = pin

    def open(self) -> None:
        self.pin.on()

    def shut(self) -> None:
        self.pin.off()


def water(valve: Valve, probe: Probe, wanted: float, step) -> bool:
    """Open the valve until the probe shows the wanted humidity."""
    valve.open()
    try:
        while (now := probe.humidity()) < wanted:
            if now == UNKNOWN:
                return False
            step()
    except Exception:  # ok: CN203 logged with traceback
        logger.exception("watering stopped")
        return False
    except BaseException:
        valve.shut()
        raise
    finally:
        valve.shut()
    return True
