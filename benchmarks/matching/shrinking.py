"""Small workspaces out of large packages: a file with those around it, as a project of a few modules has them."""

from __future__ import annotations

import ast
import random
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

warnings.simplefilter("ignore", SyntaxWarning)
FLAT = 100
"""Definitions below which a project has one folder."""
DEFINITION = re.compile(r"^[ \t]*(?:async )?(?:def|class) ", re.MULTILINE)


def shrunk(
    package: Path, typed_path: str, needed: Mapping[str, tuple[int, int] | None], size: int, folder: Path
) -> dict[str, str]:
    """Copies files of a package into an empty folder until there are about so many definitions.

    First those that are needed, by their path in the package, each with the lines (from 1 on, both included)
    that have to stay; they lose others where they have too many. Then whole ones by chance: those that share
    most folders with `typed_path` before those farther away. A small workspace has them all in one folder, or
    what stands elsewhere would be the right answer more often than it is. Returns where each has come to.
    """
    here = typed_path.split("/")[:-1]
    chance = random.Random(f"{package.name} {typed_path} {size}")

    def apart(path: str) -> int:
        there = path.split("/")[:-1]
        common = next((at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(here))
        return len(here) - common

    others = [one.relative_to(package).as_posix() for one in sorted(package.rglob("*.py")) if one.is_file()]
    others = [one for one in others if one not in needed]
    chance.shuffle(others)
    held, places = 0, {typed_path: typed_path}
    for path in [*sorted(needed), *sorted(others, key=apart)]:
        if path not in needed and held >= size:
            break
        text = (package / path).read_text("utf-8", "replace")
        if path in needed:
            text = trimmed(text, needed[path], max(size // len(needed), 1), chance)
        count = len(DEFINITION.findall(text))
        if path in needed or 0 < count <= size - held:
            held += count
            if path not in places:
                places[path] = _beside(typed_path, path, places) if size < FLAT else path
            (folder / places[path]).parent.mkdir(parents=True, exist_ok=True)
            (folder / places[path]).write_text(text, "utf-8")
    return places


def _beside(typed_path: str, path: str, taken: Mapping[str, str]) -> str:
    """A place for a file in the folder of another one, by a name that is free there."""
    here = typed_path.rpartition("/")[0]
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    names = ["_".join(parts[at:]) for at in reversed(range(len(parts)))]
    free = (place for name in names if (place := f"{here}/{name}.py".removeprefix("/")) not in taken.values())
    return next(free, path)


def trimmed(text: str, staying: tuple[int, int] | None, size: int, chance: random.Random) -> str:
    """A module without some of its top-level definitions: blank lines stand in their place.

    About `size` definitions stay, those inside of others counted, and what has some of the lines `staying`.
    """
    lines = text.splitlines(keepends=True)
    try:
        held = [
            one
            for one in ast.parse(text).body
            if isinstance(one, ast.stmt) and hasattr(one, "decorator_list")
        ]
    except (SyntaxError, ValueError, RecursionError):
        return text
    spans = [
        (min([one.lineno, *(d.lineno for d in one.decorator_list)]), one.end_lineno or 0) for one in held
    ]
    kept = {span for span in spans if staying and span[0] <= staying[1] and staying[0] <= span[1]}
    left = size - sum(_count(lines, span) for span in kept)
    for span in chance.sample(spans, len(spans)):
        if span not in kept and _count(lines, span) <= left:
            kept.add(span)
            left -= _count(lines, span)
    for low, high in spans:
        if (low, high) not in kept:
            lines[low - 1 : high] = ["\n"] * (high - low + 1)
    return "".join(lines)


def _count(lines: list[str], span: tuple[int, int]) -> int:
    return len(DEFINITION.findall("".join(lines[span[0] - 1 : span[1]])))
