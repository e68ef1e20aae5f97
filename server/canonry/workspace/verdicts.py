"""Which definitions had a match in the last audit of the whole workspace, kept beside the index.

What nobody has changed need not be weighed again: a match depends on the indexed files, on the settings and
on the code that weighs. All of these are in the key; under another key nothing is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from canonry import match
from canonry.config import Settings
from canonry.index.store import content_digest

_NAME = "verdicts.msgpack"
_DIGEST = 16
"""Bytes of the digest before the verdicts: a bit that has turned is still a verdict."""


class _Verdicts(msgspec.Struct, array_like=True):
    key: str
    matched: dict[str, list[int]]


def key_of(fingerprint: str, settings: Settings) -> str:
    """The key of verdicts on an index's contents under some settings: they say what is asked at all."""
    told = hashlib.blake2b(repr(settings).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{fingerprint} {told} {_code()}"


def read(folder: Path, key: str) -> dict[str, frozenset[int]] | None:
    """The definitions, by their place in their file, that have a match; None where nothing is known."""
    try:
        data = (folder / _NAME).read_bytes()
        if data[:_DIGEST] != content_digest(data[_DIGEST:]):
            return None
        known = msgspec.msgpack.decode(data[_DIGEST:], type=_Verdicts)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None  # like any part of the index it may be missing or damaged
    return {path: frozenset(some) for path, some in known.matched.items()} if known.key == key else None


def write(folder: Path, key: str, matched: Mapping[str, frozenset[int]]) -> None:
    """Keeps the verdicts of a whole workspace; where the folder cannot be written, nothing is kept."""
    rows = {path: sorted(some) for path, some in sorted(matched.items()) if some}
    partial = folder / f"{_NAME}.partial"
    try:
        data = msgspec.msgpack.encode(_Verdicts(key, rows))
        partial.write_bytes(content_digest(data) + data)
        partial.replace(folder / _NAME)
    except OSError:
        with suppress(OSError):  # on a disk that is read-only there is none
            partial.unlink(missing_ok=True)


@cache
def _code() -> str:
    """A digest of the code that weighs: a newer one may judge otherwise."""
    whole = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(match.__path__[0]).glob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()
