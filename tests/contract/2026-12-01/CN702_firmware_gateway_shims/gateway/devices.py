"""Devices behind the gateway. Firmware 1 devices speak another dialect."""
import warnings
from typing import Any

TEMPORARY_PIN = "until-reset"  # ok: CN702 only the names sound so


def decode(frame: bytes) -> dict[str, Any]:
    kind, _, body = frame.partition(b":")
    return {"kind": kind.decode(), "body": body}


def read_frame(frame: bytes) -> dict[str, Any]:
    warnings.warn("read_frame is deprecated, use decode", DeprecationWarning, stacklevel=2)
    return decode(frame)


def baud(model: str) -> int:
    # TODO: update this later for the C series
    return {"A": 9600, "B": 19200}[model]


class Pairing:
    # FIXME: temporary until the vendor fixes the handshake
    retries = 5

    def pin(self, asked: int) -> str:
        # A temporary pin is valid until the first login.  # ok: CN702
        return TEMPORARY_PIN if asked else "0000"

    def wait(self, attempt: int) -> float:
        # temporary until 2030-03-31 (vendor's promise in the contract)  # ok: CN702
        return min(30.0, 2.0**attempt)
