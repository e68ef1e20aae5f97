"""Fixing many findings: rounds of fixes that do not overlap, until none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from canonry.model import Applicability, FileEdit, Finding, Fix, Refusal
from canonry.workspace.containment import kept_inside

if TYPE_CHECKING:
    from canonry.workspace.facade import Workspace

MOST_ROUNDS = 20
"""Fixes that still call for each other after so many rounds never end."""


@dataclass
class Fixed:
    """What fixing has made: nothing is written yet."""

    before: dict[Path, str] = field(default_factory=dict)
    after: dict[Path, str] = field(default_factory=dict)
    count: int = 0


def fix_file(
    path: Path, text: str, version: int | None, findings: Iterable[Finding], root: Path
) -> Fix | None:
    """The safe fixes of a file's findings as one change; None where there are none.

    Fixes that change other files as well are left out: whoever saves one file does not expect it.
    """
    from canonry.edits.applying import apply_fixes
    from canonry.edits.text import edits_between

    fixes = [
        fix
        for fix in _offered(findings, lambda finding: True, root, unsafe=False)
        if all(edit.path == path for edit in fix.files)
    ]
    changed, taken = apply_fixes(fixes, {path: text})
    if not taken:
        return None
    title = f"Apply {len(taken)} safe fix{'' if len(taken) == 1 else 'es'} of Canonry"
    return Fix(title, (FileEdit(path, edits_between(text, changed[path]), version),))


def fix_all(
    workspace: Workspace,
    paths: Iterable[Path],
    wanted: Callable[[Finding], bool],
    unsafe: bool = False,
) -> Fixed:
    """The texts after all safe fixes (with `unsafe` all fixes) of the wanted findings of some files.

    The files are opened in the workspace with their new texts, so that each round judges what the last has
    made; whoever calls closes them, or writes them.
    """
    from canonry.edits.applying import apply_fixes

    fixed = Fixed()
    todo, root = dict.fromkeys(paths), workspace.root
    for _ in range(MOST_ROUNDS):
        fixes = [fix for path in todo for fix in _offered(workspace.check(path), wanted, root, unsafe)]
        texts: dict[Path, str] = {}
        for fix in fixes:
            for edit in fix.files:
                texts[edit.path] = "" if edit.creates else workspace.text_of(edit.path)
        changed, taken = apply_fixes(fixes, texts)
        for path, text in changed.items():
            fixed.before.setdefault(path, texts[path])
            fixed.after[path] = text
            todo.setdefault(path)
            workspace.update(path, text, None)
        fixed.count += len(taken)
        if not taken:
            break
    return fixed


def _offered(
    findings: Iterable[Finding], wanted: Callable[[Finding], bool], root: Path, unsafe: bool
) -> Iterator[Fix]:
    """The first fix of each wanted finding that may be applied and can be computed."""
    for finding in findings:
        if not wanted(finding):
            continue
        for offered in finding.fixes:
            if offered.applicability is Applicability.SAFE or unsafe:
                made = kept_inside(offered.compute(), root)
                if isinstance(made, Refusal) or (made.applicability is not Applicability.SAFE and not unsafe):
                    continue
                yield made
                break
