"""The findings of the last audit of the whole workspace, kept beside the index with what they were made from.

What nobody has changed need not be judged again. Invariant: what the findings of files as they are on disk
depend on is in the key (`key_of`) where it concerns all files, else in what is kept of each (`standing.py`
compares it); under another key nothing is known.
"""

from __future__ import annotations

import hashlib
import os
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
from canonry.workspace.audit import NOTHING_USED, Basis, Checked, Used, not_here

_NAME = "verdicts.msgpack"
_DIGEST = 16
"""Bytes of the digest before the verdicts: a bit that has turned is still a verdict."""


@dataclass(frozen=True)
class Outline:
    """A file as other files' findings depend on it. Equal where they need not be made again."""

    digest: bytes
    """Of its content."""
    module: str
    uses: bytes
    """How many modules use each of its definitions, 4 bytes each."""
    names: bytes
    """The CRC-32 of each definition's name."""
    references: bytes
    """The CRC-32 of each dotted name that it reaches."""


@dataclass(frozen=True)
class Verdicts:
    """What is known of every file of a workspace."""

    fingerprint: str
    """Of the index: where it is equal, all is."""
    tables: Mapping[str, str]
    """For each extractor of whose rows the findings depend, the digest of all of them."""
    outlines: Mapping[str, Outline]
    checked: Mapping[str, Checked]


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


class _File(msgspec.Struct, array_like=True):
    """`Checked` and `Outline` of one file."""

    digest: bytes
    module: str
    uses: bytes
    names: bytes
    references: bytes
    asked: tuple[tuple[str, ...], ...]
    findings: tuple[_Finding, ...] = ()
    others: tuple[_Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    ignores: tuple[tuple[str, str], ...] = ()
    compared: bool = False
    matching: tuple[str, ...] = ()
    accepted_by_others: tuple[Accepted, ...] = ()


class _Stored(msgspec.Struct, array_like=True):
    key: str
    fingerprint: str
    tables: dict[str, str]
    files: dict[str, _File]


def key_of(
    root: Path,
    settings: Settings,
    services: Services,
    lessons: Lessons,
    paths: Iterable[str],
) -> str:
    """The key of verdicts: what rules read beside the index, the code that judges, the day.

    `paths` are the indexed files; what pytest is told stands in their folders.
    """
    allowed = sorted((name, sorted(others)) for name, others in services.allowed.items())
    folders = {folder for path in paths for folder in _folders_of(path)}
    told = repr(
        (
            settings,
            (sorted(services.folders.items()), allowed, services.declared, sorted(services.projects)),
            lessons,
            [*_stamps(root, folders)],
            date.today(),
        )
    )
    digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{digest} {_code()}"


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
    outlines = {
        path: Outline(one.digest, one.module, one.uses, one.names, one.references)
        for path, one in known.files.items()
    }
    checked = {path: _checked(path, one) for path, one in known.files.items()}
    return Verdicts(known.fingerprint, known.tables, outlines, checked)


def write(folder: Path, key: str, verdicts: Verdicts) -> None:
    """Keeps the verdicts of a whole workspace; where the folder cannot be written, nothing is kept."""
    files = {path: _file(verdicts.outlines[path], one) for path, one in sorted(verdicts.checked.items())}
    stored = _Stored(key, verdicts.fingerprint, dict(sorted(verdicts.tables.items())), files)
    partial = folder / f"{_NAME}.partial"
    try:
        data = _ENCODER.encode(stored)
        partial.write_bytes(content_digest(data) + data)
        partial.replace(folder / _NAME)
    except OSError:
        with suppress(OSError):  # on a disk that is read-only there is none
            partial.unlink(missing_ok=True)


def _file(outline: Outline, checked: Checked) -> _File:
    basis = checked.basis
    return _File(
        outline.digest,
        outline.module,
        outline.uses,
        outline.names,
        outline.references,
        tuple(sorted(basis.asked)),
        tuple(map(_stored, checked.findings)),
        tuple(map(_stored, basis.others)),
        tuple(sorted(checked.used.accepted, key=repr)),
        tuple(sorted(checked.used.ignores)),
        basis.compared,
        tuple(sorted(basis.matching)),
        tuple(sorted(basis.accepted, key=repr)),
    )


def _checked(path: str, one: _File) -> Checked:
    used = NOTHING_USED
    if one.accepted or one.ignores:
        used = Used(frozenset(one.accepted), frozenset(one.ignores))
    basis = Basis(
        frozenset(one.asked),
        one.compared,
        frozenset(one.matching),
        tuple(map(_made, one.others)),
        frozenset(one.accepted_by_others),
    )
    return Checked(path, tuple(map(_made, one.findings)), used=used, basis=basis)


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
            try:  # paths as strings: there are thousands, and nearly none has a file
                facts = os.stat(f"{root}/{folder}/{name}")  # noqa: PTH116
            except OSError:
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
