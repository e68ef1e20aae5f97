"""Cells of notebooks: documents of their own, which share their names with the other cells.

A cell is followed like a document that is no file. What sets it apart is that its definitions are
used in other cells, which a fix of one document does not see.
"""

from __future__ import annotations

import re

from canonry.lsp.buffers import Buffers

CELL_SCHEME = "vscode-notebook-cell"
"""How VS Code names them: the notebook's path and a fragment. No other editor sends them as documents."""


def is_cell(uri: str) -> bool:
    """Whether a document is a cell of a notebook."""
    return uri.startswith(f"{CELL_SCHEME}:")


def used_in_other_cell(buffers: Buffers, uri: str, name: str) -> bool:
    """Whether `uri` is a cell and another one of its notebook has the word `name`."""
    if not is_cell(uri):
        return False
    notebook = uri.partition("#")[0]
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(
        word.search(other.text)
        for other in buffers
        if other.uri != uri and other.uri.partition("#")[0] == notebook
    )
