"""Paths as every report names them."""

from __future__ import annotations

import os
from pathlib import Path


def shown_path(path: Path, root: Path) -> str:
    """The path relative to the workspace with `/`; whole where it lies outside. Always valid Unicode."""
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(inside.as_posix()).decode("utf-8", "replace")
