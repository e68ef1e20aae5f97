from __future__ import annotations

import logging

logger = logging.getLogger(__name__)
HEADER = b"ID3"


def read_tags(audio: bytes) -> dict[str, str]:
    """The ID3 text frames of an audio file."""
    if not audio.startswith(HEADER):
        return {}
    tags: dict[str, str] = {}
    position = 10
    while position + 10 < len(audio):
        name = audio[position : position + 4]
        size = int.from_bytes(audio[position + 4 : position + 8], "big")
        if not name.strip(b"\0"):
            break
        body = audio[position + 10 : position + 10 + size]
        try:
            tags[name.decode("ascii")] = body[1:].decode("utf-8").strip("\0")
        except UnicodeDecodeError:  # ok: CN203 narrow
            pass
        position += 10 + size
    return tags


def duration_of(tags: dict[str, str]) -> int:
    try:
        return int(tags["TLEN"]) // 1000
    except Exception as exc:  # ok: CN203 logged as an error
        logger.error("length is unusable: %r", exc)
        return 0
