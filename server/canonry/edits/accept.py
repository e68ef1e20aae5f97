"""Decisions written into the settings file: accepted duplicates, canonical symbols.

Every other byte of it stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import Array

from canonry.edits.text import LINE_END, Lines, edits_between
from canonry.model import FileEdit, Fix, Position, Range, Refusal, TextEdit

OWN_FILE = "canonry.toml"
SHARED_FILE = "pyproject.toml"


def accept(
    root: Path,
    settings: Mapping[Path, str],
    symbols: Sequence[str],
    reason: str,
    until: date | None = None,
    versions: Mapping[Path, int] | None = None,
) -> Fix | Refusal:
    """The change that accepts definitions, by qualified name, as duplicates of each other.

    `settings` holds the texts of the settings files that exist. Of them the one is taken whose settings
    apply: `canonry.toml` before `pyproject.toml`, unless it is empty; the former is created where there
    is neither. Refused where the file does not parse, or has the same entry already.
    """
    own, shared = root / OWN_FILE, root / SHARED_FILE
    path = shared if shared in settings and _is_empty(settings.get(own, "")) else own
    entry = _entry(symbols, reason, until)
    title = f"Accept {' and '.join(one.rpartition('.')[2] for one in symbols)} as duplicates"
    if path not in settings:
        text = tomlkit.dumps({"accepted": [entry]})
        edit = TextEdit(Range(Position(0, 0), Position(0, 0)), text)
        return Fix(title, (FileEdit(path, (edit,), None, creates=True),))
    text = settings[path]
    edits = _edits_for(text, () if path == own else ("tool", "canonry"), entry, path.name)
    if isinstance(edits, Refusal):
        return edits
    return Fix(title, (FileEdit(path, edits, (versions or {}).get(path)),))


def declare_canonical(
    root: Path,
    settings: Mapping[Path, str],
    symbol: str,
    superseded: str,
    versions: Mapping[Path, int] | None = None,
) -> Fix | Refusal:
    """The change that registers a definition, by qualified name, as the canonical one of its concept.

    The concept is called by its name, with its module's where that is taken. What it supersedes is noted.
    `settings` as for `accept`. Refused where the file does not parse, or registers it already.
    """
    own, shared = root / OWN_FILE, root / SHARED_FILE
    path = shared if shared in settings and _is_empty(settings.get(own, "")) else own
    name = symbol.rpartition(".")[2]
    title = f"Declare {name} canonical"
    entry = {"symbol": symbol, "supersedes": [superseded]}
    text = settings.get(path, "")
    plain = LINE_END.sub("\n", text.removeprefix("\ufeff"))
    try:
        before = tomllib.loads(plain)
    except tomllib.TOMLDecodeError as problem:
        return Refusal(f"{path.name} does not parse: {problem}")
    table = () if path == own else ("tool", "canonry")
    wanted = deepcopy(before)
    at: Any = wanted
    for key in (*table, "canonical"):
        at = at.setdefault(key, {})
        if not isinstance(at, dict):
            return Refusal(f"{key!r} is no table")
    if any(isinstance(one, dict) and one.get("symbol") == symbol for one in at.values()):
        return Refusal(f"{symbol} is declared canonical already")
    concept = name if name not in at else "-".join(symbol.split(".")[-2:])
    if concept in at:
        return Refusal(f"{concept} has another canonical symbol: {at[concept].get('symbol', '')}")
    at[concept] = entry
    header = ".".join([*table, "canonical", concept])
    block = f"[{header}]\n{tomlkit.dumps(entry)}"
    if path not in settings:
        edit = TextEdit(Range(Position(0, 0), Position(0, 0)), block)
        return Fix(title, (FileEdit(path, (edit,), None, creates=True),))
    for after in (_behind_tables(plain, [*table], block), _at_the_end(plain, block)):
        if after is not None and _means(after, wanted):
            return Fix(title, (FileEdit(path, _edits(text, plain, after), (versions or {}).get(path)),))
    return Refusal(f"{path.name} is written in a way that cannot be added to; add the entry by hand")


def _is_empty(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def _entry(symbols: Sequence[str], reason: str, until: date | None) -> dict[str, object]:
    entry: dict[str, object] = {"symbols": list(symbols), "reason": reason}
    if until is not None:
        entry["until"] = until
    return entry


def _edits_for(
    text: str, table: tuple[str, ...], entry: Mapping[str, object], name: str
) -> tuple[TextEdit, ...] | Refusal:
    plain = LINE_END.sub("\n", text.removeprefix("\ufeff"))
    try:
        tomlkit.parse(plain)
        before = tomllib.loads(plain)
    except ParseError as problem:
        return Refusal(f"{name} does not parse at line {problem.line}; correct it first")
    except tomllib.TOMLDecodeError as problem:
        return Refusal(f"{name} does not parse: {problem}")
    wanted = _expected(before, table, entry)
    if isinstance(wanted, Refusal):
        return wanted
    for attempt in (_into_list, _behind_own_tables, _behind_everything):
        after = attempt(plain, table, entry)
        if after is not None and _means(after, wanted):
            return _edits(text, plain, after)
    return Refusal(f"{name} is written in a way that cannot be added to; add the entry by hand")


def _expected(
    before: dict[str, Any], table: tuple[str, ...], entry: Mapping[str, object]
) -> dict[str, Any] | Refusal:
    """What the file has to mean afterwards."""
    wanted = deepcopy(before)
    at = wanted
    for key in table:
        at = at.setdefault(key, {})
        if not isinstance(at, dict):
            return Refusal(f"[{'.'.join(table)}] is no table")
    entries = at.setdefault("accepted", [])
    if not isinstance(entries, list):
        return Refusal("`accepted` is no list of tables")
    for one in entries:
        if isinstance(one, dict) and set(one.get("symbols", ())) >= set(_symbols(entry)):
            return Refusal("they are accepted as duplicates already")
    entries.append(dict(entry))
    return wanted


def _symbols(entry: Mapping[str, object]) -> list[str]:
    found = entry["symbols"]
    return found if isinstance(found, list) else []


def _into_list(plain: str, table: tuple[str, ...], entry: Mapping[str, object]) -> str | None:
    """Into `accepted = [...]`, where the entries are written so."""
    document = tomlkit.parse(plain)
    at: Any = document
    for key in (*table, "accepted"):
        at = at.get(key) if isinstance(at, Mapping) else None
    if not isinstance(at, Array):
        return None
    inline = tomlkit.inline_table()
    inline.update(entry)
    at.append(inline)
    return tomlkit.dumps(document)


def _behind_own_tables(plain: str, table: tuple[str, ...], entry: Mapping[str, object]) -> str | None:
    """A table of its own behind the last that is Canonry's, before comments that head the next one."""
    own = [*table, "accepted"] if not table else [*table]
    return _behind_tables(plain, own, _table_text(table, entry))


def _behind_tables(plain: str, own: list[str], block: str) -> str | None:
    """A table behind the last whose header begins with these keys; None where there is none."""
    lines = plain.split("\n")
    heads = [(at, _header(line)) for at, line in enumerate(lines) if _HEADER.match(line)]
    mine = [at for at, keys in heads if keys[: len(own)] == own]
    if not mine:
        return None
    following = [at for at, _ in heads if at > mine[-1]]
    end = following[0] if following else len(lines)
    while end - 1 > mine[-1] and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    rest = lines[end:] or [""]
    return "\n".join([*lines[:end], "", *block.removesuffix("\n").split("\n"), *rest])


_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")


def _header(line: str) -> list[str]:
    found = _HEADER.match(line)
    return [one.strip().strip("\"'") for one in found[1].split(".")] if found else []


def _behind_everything(plain: str, table: tuple[str, ...], entry: Mapping[str, object]) -> str:
    return _at_the_end(plain, _table_text(table, entry))


def _at_the_end(plain: str, block: str) -> str:
    gap = "" if not plain.strip() else "\n" if plain.endswith("\n") else "\n\n"
    return plain + gap + block


def _table_text(table: tuple[str, ...], entry: Mapping[str, object]) -> str:
    return f"[[{'.'.join([*table, 'accepted'])}]]\n{tomlkit.dumps(entry)}"


def _means(after: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _edits(text: str, plain: str, after: str) -> tuple[TextEdit, ...]:
    """The way from `plain`, which is `text` with other line endings, to `after`, as edits of `text`.

    Both have the same lines and columns, but for a byte order mark on the first line.
    """
    ending = Lines(text).ending(0)
    shift = len(text) - len(text.removeprefix("\ufeff"))

    def moved(one: Position) -> Position:
        return Position(one.line, one.column + shift) if one.line == 0 else one

    return tuple(
        TextEdit(Range(moved(one.range.start), moved(one.range.end)), one.new_text.replace("\n", ending))
        for one in edits_between(plain, after)
    )
