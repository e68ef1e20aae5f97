"""Existing definitions, offered while a name after `def` or `class` is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from canonry.edits.import_place import import_place
from canonry.index.snapshot import Ref, Snapshot
from canonry.model import Completion, Position, Range, Symbol, SymbolKind, TextEdit, Trait
from canonry.workspace import searching
from canonry.workspace.buffers import Document
from canonry.workspace.symbols import symbol_of

MOST_OFFERED = 12
"""Items of one list."""
LEAST_LETTERS = 2
"""A single letter says nothing of what is meant."""

_HEADER = re.compile(r"^(?P<keyword>(?:async\s+)?def|class)\s+(?P<name>\w*)$")
_HIDDEN = Trait.NESTED | Trait.TEST | Trait.OVERLOAD | Trait.ABSTRACT | Trait.TYPE_CHECKING


def complete(
    document: Document, snapshot: Snapshot, root: Path, position: Position
) -> tuple[Completion, ...]:
    """Items that replace the header being typed by an import of what exists; none at other places.

    Only at the left margin: a method or an inner function is no place for an import.
    """
    if position.line >= len(document.lines):
        return ()
    line = document.lines[position.line]
    header = _HEADER.match(line[: position.column])
    if header is None or line[position.column :].strip() or len(header["name"]) < LEAST_LETTERS:
        return ()
    is_class = header["keyword"] == "class"
    typed = Range(Position(position.line, 0), Position(position.line, len(line)))
    found: list[Completion] = []
    for symbol in _offered(snapshot, root, document, header["name"], is_class):
        found.append(
            Completion(
                label=symbol.name,
                detail=f"use existing {symbol.name} from {symbol.module}",
                documentation=_documentation(symbol),
                filter_text=f"{header['keyword']} {symbol.name}",
                edit=TextEdit(typed, ""),
                additional_edits=(import_edit(document, symbol.module, symbol.name, position.line),),
                sort_key=f"{len(found):03}",
            )
        )
    return tuple(found)


def _offered(
    snapshot: Snapshot, root: Path, document: Document, name: str, is_class: bool
) -> Iterator[Symbol]:
    imported = {one.target for one in document.facts.imports if not one.local and not one.type_checking}
    count = 0
    for ref in _refs(snapshot, name):
        if snapshot.path(ref) == document.relative or snapshot.traits(ref) & _HIDDEN:
            continue
        if (snapshot.kind(ref) is SymbolKind.CLASS) != is_class:
            continue
        symbol = symbol_of(snapshot, ref, root)
        if symbol is None or not symbol.importable or symbol.name.startswith("_"):
            continue
        if f"{symbol.module}.{symbol.name}" in imported:
            continue
        if _imports(snapshot, ref, document.facts.module):
            continue  # importing it here would make a cycle
        yield symbol
        count += 1
        if count >= MOST_OFFERED:
            return


def _refs(snapshot: Snapshot, name: str) -> list[Ref]:
    return searching.refs_by_letters(snapshot, name, MOST_OFFERED * 4)


def _imports(snapshot: Snapshot, ref: Ref, module: str) -> bool:
    known = snapshot.definition(ref)
    if known is None or not module:
        return known is None
    return any(f"{one.target}.".startswith(f"{module}.") for one in known[0].imports if not one.local)


def _documentation(symbol: Symbol) -> str:
    first = symbol.docstring.partition("\n\n")[0]
    return f"```python\n{symbol.render()}\n```" + (f"\n\n{first}" if first else "")


def import_edit(document: Document, module: str, name: str, typed_line: int = -1) -> TextEdit:
    """The line `from module import name`, behind the imports that stand at the top.

    `typed_line` is a line that is not Python yet.
    """
    # A header without its colon is broken code that may take its surroundings along: not to be read.
    rest = "\n".join("" if at == typed_line else line for at, line in enumerate(document.lines))
    at, before, after = import_place(rest, f"from {module} import {name}", document.facts.module)
    if typed_line >= 0:
        at = min(at, typed_line)
    newline = "\r\n" if "\r\n" in document.text else "\n"
    text = newline * before + f"from {module} import {name}" + newline * (1 + after)
    place = Position(at, 0)
    return TextEdit(Range(place, place), text)
