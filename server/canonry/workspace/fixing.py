"""Fixing many findings: rounds of fixes that do not overlap, until none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from canonry.model import Applicability, Finding, Fix, Refusal

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
    todo = dict.fromkeys(paths)
    for _ in range(MOST_ROUNDS):
        fixes = [fix for path in todo for fix in _fixes(workspace, path, wanted, unsafe)]
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


def _fixes(
    workspace: Workspace, path: Path, wanted: Callable[[Finding], bool], unsafe: bool
) -> Iterator[Fix]:
    for finding in workspace.check(path):
        if not wanted(finding):
            continue
        for offered in finding.fixes:
            if offered.applicability is Applicability.SAFE or unsafe:
                made = offered.compute()
                if isinstance(made, Refusal) or (made.applicability is not Applicability.SAFE and not unsafe):
                    continue
                yield made
                break
