from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.workspace import Workspace

from .shop import FILES, opened, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "work").resolve()
    write(root, FILES)
    return root


@pytest.fixture
def workspace(root: Path, tmp_path: Path) -> Iterator[Workspace]:
    workspace = opened(root, tmp_path / "cache")
    yield workspace
    workspace.shutdown()
