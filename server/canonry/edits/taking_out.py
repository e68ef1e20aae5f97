"""A definition that nothing needs any more goes, and with it the imports that nothing else uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import libcst as cst

from canonry.edits.binding import names_of
from canonry.edits.imports import drop_imports, find_unused_imports
from canonry.edits.naming import exported_names
from canonry.edits.removal import remove_definition
from canonry.edits.sources import SourceFile
from canonry.edits.text import Splice, join_deletions, splice_text, to_edits
from canonry.edits.tree import Unparsed, parse_text
from canonry.edits.verify import problem_with
from canonry.model import Refusal, TextEdit


def take_out(
    file: SourceFile, name: str, line: int, is_imported: Callable[[str], bool]
) -> tuple[TextEdit, ...] | Refusal:
    """The edits that take out the function of the module's top level whose name stands on a zero-based line.

    `is_imported` says of a name of the module whether other files import it from there: its import stays.
    """
    tree = parse_text(file.text)
    if isinstance(tree, Unparsed):
        return Refusal(f"the file {tree.reason}")
    node = next(
        (
            one
            for one in tree.module.body
            if isinstance(one, cst.FunctionDef)
            and one.name.value == name
            and tree.lines.line_of(tree.span(one.name)[0]) == line
        ),
        None,
    )
    if node is None:
        return Refusal(f"{name} does not stand at the top level of the module")
    names = names_of(tree)
    gone = remove_definition(tree, node, is_nested=False)
    kept = {*exported_names(tree.module), *filter(is_imported, names.module.bindings)}
    unused = find_unused_imports(tree, names, file, [(gone.start, gone.end)], kept)
    splices = _without_empty_head(file.text, join_deletions([gone, *drop_imports(tree, names, unused)]))
    if problem := problem_with(names, splice_text(file.text, splices)):
        return Refusal(problem)
    return to_edits(tree.lines, splices)


_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")


def _without_empty_head(text: str, deletions: Sequence[Splice]) -> list[Splice]:
    """The deletions, with the blank lines that would be left at the head of the file."""
    at = len("\ufeff") if text.startswith("\ufeff") else 0
    head = at
    rest = sorted(deletions, key=lambda one: one.start)
    while rest and not text[at : rest[0].start].strip():
        at = rest.pop(0).end
    blank = _BLANK.match(text, at)
    if at == head or blank is None:
        return list(deletions)
    return [Splice(head, blank.end(), ""), *rest]
