"""Globs as .gitignore has them: for settings, and for .gitignore itself.

A pattern is asked about one file or folder by itself, as git does it, never about what lies below a
folder that it matches: folders are asked about on the way down. A library that matches whole paths
against all patterns at once cannot tell `/*` with `!/src` (everything but `src`) from its contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern, as a regular expression that must match a whole name, or a whole path."""

    regex: str
    negated: bool
    whole_path: bool
    """It has a slash, so it is matched against the path; else against the last name in it."""
    folders_only: bool


class Globs:
    """Patterns in their order: of those that match, the last decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._globs = [glob for glob in map(parse_glob, lines) if isinstance(glob, Glob)]

    def __bool__(self) -> bool:
        return bool(self._globs)

    def decides(self, path: str, *, folder: bool = False) -> bool | None:
        """Whether the last pattern that matches is a plain one (True) or negated (False); None if none does.

        `path` has `/` between its parts and none at either end.
        """
        names, paths = self._folder_tables if folder else self._file_tables
        return _last(names.of(path.rpartition("/")[2]), paths.of(path))

    def covers(self, path: str) -> bool:
        """Whether the file of that path, or else the nearest folder around it that is decided on, matches."""
        decision = self.decides(path)
        while decision is None and "/" in path:
            path = path.rpartition("/")[0]
            decision = self.decides(path, folder=True)
        return bool(decision)

    @cached_property
    def _file_tables(self) -> tuple[_Table, _Table]:
        return self._tables(folder=False)

    @cached_property
    def _folder_tables(self) -> tuple[_Table, _Table]:
        return self._tables(folder=True)

    def _tables(self, *, folder: bool) -> tuple[_Table, _Table]:
        numbered = [(at, glob) for at, glob in enumerate(self._globs) if folder or not glob.folders_only]
        return (
            _Table([(at, glob) for at, glob in numbered if not glob.whole_path]),
            _Table([(at, glob) for at, glob in numbered if glob.whole_path]),
        )


class _Table:
    """Patterns as one expression, the last one first: which of them matches takes one call."""

    def __init__(self, globs: list[tuple[int, Glob]]) -> None:
        self._globs = globs[::-1]
        self._regex = re.compile("|".join(f"({glob.regex})" for _, glob in self._globs), re.DOTALL)

    def of(self, text: str) -> tuple[int, bool]:
        """The number of the last pattern that matches and whether it is a plain one; (-1, False) if none."""
        match = self._regex.fullmatch(text) if self._globs else None
        if match is None or match.lastindex is None:
            return -1, False
        at, glob = self._globs[match.lastindex - 1]
        return at, not glob.negated


def _last(one: tuple[int, bool], other: tuple[int, bool]) -> bool | None:
    at, plain = max(one, other)
    return None if at < 0 else plain


def parse_glob(line: str) -> Glob | str:
    """The pattern of a line; where there is none, why, in a few words.

    An empty line and a comment (`#`) are no patterns either.
    """
    text = line.rstrip("\r\n")
    stripped = text.rstrip(" ")
    text = stripped + " " if text != stripped and _ends_escaped(stripped) else stripped
    if not text or text.startswith("#"):
        return "it is empty"
    negated = text.startswith("!")
    text = text[negated:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    whole_path = "/" in text
    text = text.removeprefix("/")
    if not text:
        return "it names nothing"
    regex = _translated(text)
    if regex is None:
        return "a bracket or backslash in it has no end"
    return Glob(regex, negated, whole_path, folders_only)


def _ends_escaped(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _translated(text: str) -> str | None:
    """The regular expression of a pattern without its outer slashes; None where it can match nothing."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        at_start = at == 0 or text[at - 1] == "/"
        if at_start and text.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif at_start and text[at:] == "**":
            parts.append(".+")
            at += 2
        elif text[at] == "*":
            parts.append("[^/]*")
            at += len(text[at:]) - len(text[at:].lstrip("*"))
        elif text[at] == "?":
            parts.append("[^/]")
            at += 1
        elif text[at] == "[":
            found = _bracket(text, at)
            if found is None:
                return None
            at, part = found
            parts.append(part)
        elif text[at] == "\\":
            if at + 1 == len(text):
                return None
            parts.append(re.escape(text[at + 1]))
            at += 2
        else:
            parts.append(re.escape(text[at]))
            at += 1
    return "".join(parts)


_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "digit": "0-9",
    "lower": "a-z",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


def _bracket(text: str, at: int) -> tuple[int, str] | None:
    """The set that begins at `at`: where it ends, and its expression; None where it does not end."""
    at += 1
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    members: list[str] = []
    first = True
    while first or text[at : at + 1] != "]":
        first = False
        named = re.compile(r"\[:([a-z]+):\]").match(text, at)
        if named is not None and named[1] in _CLASSES:
            members.append(_CLASSES[named[1]])
            at = named.end()
            continue
        low = _member(text, at)
        if low is None:
            return None
        at, start = low
        end = start
        if text.startswith("-", at) and text[at + 1 : at + 2] not in ("", "]"):
            high = _member(text, at + 1)
            if high is None:
                return None
            at, end = high
        members.append(re.escape(start) if end <= start else f"{re.escape(start)}-{re.escape(end)}")
    return at + 1, f"(?!/)[{'^' if negated else ''}{''.join(members)}]"


def _member(text: str, at: int) -> tuple[int, str] | None:
    """One character of a set and where the next begins."""
    if text.startswith("\\", at):
        at += 1
    return (at + 1, text[at]) if at < len(text) else None
