"""Many fixes at once: those that do not overlap together, the rest in later rounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from canonry.edits.text import apply_edits
from canonry.edits.tree import Unparsed, parse_text
from canonry.model import FileEdit, Fix, TextEdit


def apply_fixes(fixes: Iterable[Fix], texts: Mapping[Path, str]) -> tuple[dict[Path, str], list[Fix]]:
    """The new texts of the files that change, and the fixes that are in them.

    A fix is taken whole or not at all: it waits where it touches what an earlier one changes, and where a
    file that parsed would not do so any more. `texts` has the text of every file that a fix changes.
    """
    planned: dict[Path, list[TextEdit]] = {}
    taken: list[Fix] = []
    changed: dict[Path, str] = {}
    for fix in fixes:
        if any(_touches(edit, planned.get(edit.path, [])) for edit in fix.files):
            continue
        trial: dict[Path, str] = {}
        for edit in fix.files:
            together = [*planned.get(edit.path, []), *edit.edits]
            trial[edit.path] = apply_edits(texts[edit.path], together)
        if any(not _parses(path, text, texts[path]) for path, text in trial.items()):
            continue
        for edit in fix.files:
            planned.setdefault(edit.path, []).extend(edit.edits)
        changed |= trial
        taken.append(fix)
    return changed, taken


def _touches(edit: FileEdit, planned: Iterable[TextEdit]) -> bool:
    others = list(planned)
    return any(mine.range.overlaps(one.range) for mine in edit.edits for one in others)


def _parses(path: Path, text: str, before: str) -> bool:
    if path.suffix not in (".py", ".pyi"):
        return True
    return not isinstance(parse_text(text), Unparsed) or isinstance(parse_text(before), Unparsed)
