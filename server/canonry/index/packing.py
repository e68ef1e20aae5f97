"""How rows are stored: so that damage is noticed, and large ones compressed."""

from __future__ import annotations

import zlib

SMALL = 10_000
"""Bytes that are stored as they are. Compressing all took a thirtieth of the time of indexing; what is larger
is a third of all bytes, and a third as large afterwards.
"""
_PLAIN = b"\0"
"""Begins what is not compressed, before its checksum; zlib's own streams begin otherwise, and have one."""
_HEAD = 5


def pack(data: bytes) -> bytes:
    """Data as it is stored."""
    if len(data) > SMALL:
        return zlib.compress(data, 1)
    return _PLAIN + zlib.crc32(data).to_bytes(_HEAD - 1, "little") + data


def unpack(stored: object) -> bytes | None:
    """Data that was stored; None where it is damaged."""
    if not isinstance(stored, bytes):
        return None
    if stored[:1] == _PLAIN:
        data = stored[_HEAD:]
        return data if stored[1:_HEAD] == zlib.crc32(data).to_bytes(_HEAD - 1, "little") else None
    try:
        return zlib.decompress(stored)
    except zlib.error:
        return None
