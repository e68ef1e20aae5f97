"""Rows of a snapshot as symbols."""

from __future__ import annotations

from pathlib import Path

from canonry.index.snapshot import Ref, Snapshot
from canonry.model import Symbol, Trait
from canonry.syntax import Definition, ModuleFacts


def symbol_of(snapshot: Snapshot, ref: Ref, root: Path) -> Symbol | None:
    """The symbol of a row; None where its file's facts have vanished."""
    known = snapshot.definition(ref)
    if known is None:
        return None
    facts, definition = known
    return make_symbol(facts, definition, root / snapshot.path(ref), snapshot.uses(ref))


def make_symbol(facts: ModuleFacts, definition: Definition, path: Path, uses: int = 0) -> Symbol:
    """A definition as it is shown and referred to."""
    return Symbol(
        name=definition.name,
        qualified_name=f"{facts.module}.{definition.local_name}" if facts.module else definition.local_name,
        kind=definition.kind,
        module=facts.module,
        path=path,
        range=definition.range,
        name_range=definition.name_range,
        signature=definition.signature,
        docstring=definition.docstring,
        decorators=definition.decorators,
        bases=definition.bases,
        traits=Trait(definition.traits),
        uses=uses,
    )
