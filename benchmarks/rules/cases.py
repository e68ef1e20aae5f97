"""The contract's cases: small workspaces that say on their own lines what the rules must find there.

A case is a folder of `tests/contract` whose name begins with the code or the codes that it is about:
`CN203_feed_import`, `CN004_CN702_marked_factory`. At the end of a line of a Python file there may stand

- `# want: CN203`, a finding of that code on this line, whose message has the text that follows, if any;
- `# ok: CN203 why`, none of that code on this line, and why one might think of it.

A file `expected.txt` in the folder wants findings where a comment cannot stand, or would change the case:
`path:line CODE`, and after it a text that the message must have. Places that are joined by ` | ` are a
choice: one of them at least must have the finding, each of them may.

A folder whose name is a date (`2026-12-01`, the second of a day `2026-12-01-2`) holds the cases of a set that was
added on that day, written by someone who had not seen the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "tests" / "contract"
EXPECTED = "expected.txt"

SET = re.compile(r"\d{4}-\d\d-\d\d(?:-\d)?")
FOLDER = re.compile(r"((?:CN\d{3}_)+)[a-z0-9_]+")
MARK = re.compile(r"#\s*(want|ok):\s*(CN\d{3})\b((?:(?!#\s*(?:want|ok):).)*)")
LINE = re.compile(r"(?P<places>\S+:\d+(?: \| \S+:\d+)*) (?P<code>CN\d{3})(?: (?P<text>.+))?")

Place = tuple[str, int]
"""A path relative to the case's folder, with `/`, and a line from 1."""


@dataclass(frozen=True)
class Want:
    """A finding that must be there: at one of `places`, with `text` in its message."""

    code: str
    places: tuple[Place, ...]
    text: str = ""


@dataclass(frozen=True)
class Case:
    """A folder of the set and what it says; `silent` are the lines that name a code as out of place there."""

    folder: Path
    codes: tuple[str, ...]
    wants: tuple[Want, ...]
    silent: frozenset[tuple[str, Place]]


def all_cases(root: Path = ROOT, of: str = "") -> list[Case]:
    """Every case, by name, or those of the set `of` (a date). Raises ValueError for what cannot be read."""
    held = [one for one in sorted(root.iterdir()) if one.is_dir()]
    sets = [one for one in held if SET.fullmatch(one.name)]
    if of:
        held, sets = [], [root / of]
    inner = [case for one in sets for case in sorted(one.iterdir())]
    return [read_case(folder) for folder in [*held, *inner] if folder not in sets]


def read_case(folder: Path) -> Case:
    """What a folder's comments and its `expected.txt` say; raises ValueError where they cannot be read."""
    named = FOLDER.fullmatch(folder.name)
    if not named:
        raise ValueError(f"{folder.name}: the name does not begin with a code")
    wants: list[Want] = []
    silent: set[tuple[str, Place]] = set()
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder).as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for kind, code, text in MARK.findall(line):
                place = (relative, number)
                if kind == "want":
                    wants.append(Want(code, (place,), text.strip()))
                else:
                    silent.add((code, place))
    if (folder / EXPECTED).exists():
        wants += _read_expected(folder / EXPECTED)
    return Case(folder, tuple(named[1].rstrip("_").split("_")), tuple(wants), frozenset(silent))


def _read_expected(path: Path) -> list[Want]:
    wants = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        if not match:
            raise ValueError(f"{path.parent.name}/{path.name}: cannot read {line!r}")
        wants.append(
            Want(match["code"], tuple(map(_place, match["places"].split(" | "))), match["text"] or "")
        )
    return wants


def _place(text: str) -> Place:
    path, _, line = text.rpartition(":")
    return path, int(line)
