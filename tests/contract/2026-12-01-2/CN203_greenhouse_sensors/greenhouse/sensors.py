"""Reading of humidity and temperature probes over serial lines."""
from __future__ import annotations

import contextlib
import logging
import sys
from typing import Protocol

UNKNOWN = -1.0
logger = logging.getLogger(__name__)


class Port(Protocol):
    def write(self, data: bytes) -> int: ...

    def readline(self) -> bytes: ...

    def close(self) -> None: ...


class Probe:
    """One probe behind a serial port."""

    def __init__(self, port: Port, address: int) -> None:
        self.port = port
        self.address = address

    def humidity(self) -> float:
        try:
            self.port.write(b"H%d\n" % self.address)
            return float(self.port.readline().decode().partition("=")[2])
        except Exception:  # want: CN203
            return UNKNOWN

    def temperature(self) -> float | None:
        try:
            self.port.write(b"T%d\n" % self.address)
            raw = self.port.readline()
            return int(raw, 16) / 16
        except ValueError:  # ok: CN203 only the unreadable number is answered
            return None

    def reset(self) -> None:
        with contextlib.suppress(Exception):  # want: CN203
            self.port.write(b"R%d\n" % self.address)

    def close(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # ok: CN203 narrow types
            self.port.close()


def scan(port: Port, addresses: range) -> list[Probe]:
    found = []
    for address in addresses:
        probe = Probe(port, address)
        try:
            probe.reset()
            probe.temperature()
        except Exception as exc:  # ok: CN203 print is a report
            print(f"no probe at {address}: {exc}", file=sys.stderr)
            continue
        found.append(probe)
    return found


def average(probes: list[Probe]) -> float:
    values = []
    for probe in probes:
        try:
            values.append(probe.humidity() * probe.address)
        except Exception:  # want: CN203
            continue
    return sum(values) / len(values) if values else 0.0
