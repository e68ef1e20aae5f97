"""What most tests of the server begin with."""

from __future__ import annotations

import pytest


@pytest.fixture
def root(tmp_path):
    """A workspace with one definition."""
    (tmp_path / "existing.py").write_text("def twin():\n    pass\n")
    return tmp_path.resolve()
