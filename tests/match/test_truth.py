"""The floor of the ranking, on a set of helpers, rewrites of each, and definitions that have no like.

`truth/kit` is what exists. In `truth/rewrites.py` the comment above each function names what it does
again. The floors are what the matcher reaches; raise them when it gets better.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.workspace import Workspace

TRUTH = Path(__file__).parent / "truth"
FIRST = 14
"""Rewrites, of fifteen, whose original comes first."""
SHOWN = 13
"""Rewrites, of fifteen, that are said at the default threshold, with the original first."""
ALARMS = 0
"""Unrelated definitions, of twelve, for which something is said at the default threshold."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("truth")
    shutil.copytree(TRUTH / "kit", folder / "work/kit")
    workspace = Workspace(folder / "work", cache=folder / "cache", workers=1)
    workspace.refresh()
    yield workspace
    workspace.shutdown()


def typed(workspace: Workspace, name: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each definition of a file typed alone: what it does again, what is nearest to it, what is said."""
    head, *blocks = (TRUTH / name).read_text("utf-8").split("\n\n\n")
    for block in blocks:
        told = re.match(r"# again: (\S+)\n", block)
        code = block.removeprefix(told[0]) if told else block
        path = workspace.root / "typed.py"
        workspace.update(path, f"{head}\n\n\n{code}\n")
        line = head.count("\n") + 3
        matches = workspace.similar_at(path, line)[1]
        said = [one.related[0].qualified_name for one in workspace.check(path)]
        yield told[1] if told else "", [one.symbol.qualified_name for one in matches], said


def test_the_original_of_a_rewrite_comes_first(workspace: Workspace) -> None:
    found = list(typed(workspace, "rewrites.py"))
    misses = [(original, near[:3]) for original, near, _ in found if near[:1] != [original]]
    silent = [original for original, _, said in found if said[:1] != [original]]

    assert len(found) == 15
    assert all(original for original, _, _ in found)
    assert len(found) - len(misses) >= FIRST, misses
    assert len(found) - len(silent) >= SHOWN, silent


def test_nothing_is_said_of_what_has_no_like(workspace: Workspace) -> None:
    found = list(typed(workspace, "unrelated.py"))
    alarms = [said for _, _, said in found if said]

    assert len(found) == 12
    assert len(alarms) <= ALARMS, alarms
