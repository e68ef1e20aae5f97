"""The findings of the last audit of the whole workspace, kept beside the index.

What nobody has changed need not be judged again. Invariant: all that the findings of files as they are on
disk depend on is in the key (`key_of`); under another key nothing is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

import canonry
from canonry.config import Accepted, Settings
from canonry.index.store import content_digest
from canonry.model import (
    Applicability,
    Evidence,
    Finding,
    OfferedFix,
    Priority,
    Range,
    Related,
    Severity,
    Tag,
)
from canonry.scopes.lessons import Lessons
from canonry.scopes.services import Services
from canonry.scopes.suites import PLACES
from canonry.workspace.audit import Checked, Used, not_here, used_by

_NAME = "verdicts.msgpack"
_DIGEST = 16
"""Bytes of the digest before the verdicts: a bit that has turned is still a verdict."""


@dataclass(frozen=True)
class Verdicts:
    """What is known of every file of a workspace."""

    findings: Mapping[str, tuple[Finding, ...]]
    """By path, of the files that have any. Their fixes have titles alone."""
    used: Used


class _Fix(msgspec.Struct, array_like=True):
    title: str
    applicability: Applicability
    preferred: bool


class _Finding(msgspec.Struct, array_like=True):
    """`Finding` as it is stored: the same fields."""

    code: str
    name: str
    message: str
    severity: Severity
    path: Path
    range: Range
    evidence: tuple[Evidence, ...]
    related: tuple[Related, ...]
    probability: float | None
    symbol: str
    priority: Priority | None
    tags: tuple[Tag, ...]
    fixes: tuple[_Fix, ...]
    covers: Range | None


class _Stored(msgspec.Struct, array_like=True):
    key: str
    findings: dict[str, tuple[_Finding, ...]]
    accepted: list[Accepted]
    ignores: list[tuple[str, str]]


def key_of(
    root: Path,
    fingerprint: str,
    settings: Settings,
    services: Services,
    lessons: Lessons,
    paths: Iterable[str],
) -> str:
    """The key of verdicts: the index's contents, what rules read beside it, the code that judges, the day.

    `paths` are the indexed files; what pytest is told stands in their folders.
    """
    allowed = sorted((name, sorted(others)) for name, others in services.allowed.items())
    folders = {folder for path in paths for folder in _folders_of(path)}
    told = repr(
        (
            settings,
            (sorted(services.folders.items()), allowed, services.declared),
            lessons,
            [*_stamps(root, folders)],
            date.today(),
        )
    )
    digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{fingerprint} {digest} {_code()}"


def read(folder: Path, key: str) -> Verdicts | None:
    """The verdicts that are kept under a key; None where there are none."""
    try:
        data = (folder / _NAME).read_bytes()
        if data[:_DIGEST] != content_digest(data[_DIGEST:]):
            return None
        known = _DECODER.decode(data[_DIGEST:])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None  # like any part of the index it may be missing or damaged
    if known.key != key:
        return None
    findings = {path: tuple(map(_made, some)) for path, some in known.findings.items()}
    return Verdicts(findings, Used(frozenset(known.accepted), frozenset(known.ignores)))


def write(folder: Path, key: str, checked: Iterable[Checked]) -> None:
    """Keeps the verdicts of a whole workspace; where the folder cannot be written, nothing is kept."""
    ordered = sorted(checked, key=lambda one: one.path)
    used = used_by(ordered)
    stored = _Stored(
        key,
        {one.path: tuple(map(_stored, one.findings)) for one in ordered if one.findings},
        sorted(used.accepted, key=repr),
        sorted(used.ignores),
    )
    partial = folder / f"{_NAME}.partial"
    try:
        data = _ENCODER.encode(stored)
        partial.write_bytes(content_digest(data) + data)
        partial.replace(folder / _NAME)
    except OSError:
        with suppress(OSError):  # on a disk that is read-only there is none
            partial.unlink(missing_ok=True)


def _stored(finding: Finding) -> _Finding:
    values = {one.name: getattr(finding, one.name) for one in fields(Finding)}
    values["fixes"] = tuple(_Fix(one.title, one.applicability, one.preferred) for one in finding.fixes)
    return _Finding(**values)


def _made(stored: _Finding) -> Finding:
    values = msgspec.structs.asdict(stored)
    values["fixes"] = tuple(
        OfferedFix(one.title, not_here, one.applicability, one.preferred) for one in stored.fixes
    )
    return Finding(**values)


def _folders_of(path: str) -> Iterable[str]:
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _stamps(root: Path, folders: Iterable[str]) -> Iterable[tuple[str, int, int]]:
    """Size and time of every file in which pytest may be told what to collect."""
    for folder in sorted(folders):
        for name, _ in PLACES:
            path = root / folder / name
            try:
                facts = path.stat()
            except OSError:  # mostly: there is none
                continue
            yield f"{folder}/{name}", facts.st_size, facts.st_mtime_ns


def _written(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} is not stored")


def _read(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(f"{kind.__name__} is not stored")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_written)
_DECODER = msgspec.msgpack.Decoder(_Stored, dec_hook=_read)


@cache
def _code() -> str:
    """A digest of all code of ours: a newer one may judge otherwise."""
    whole = hashlib.blake2b(digest_size=8)
    root = Path(canonry.__path__[0])
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.json"))):
        whole.update(path.read_bytes())
    return whole.hexdigest()
