"""Where the indexes of workspaces are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import platformdirs


def default_cache() -> Path:
    """The folder of all workspaces' indexes."""
    return Path(platformdirs.user_cache_dir("canonry", appauthor=False))


def index_key(root: Path) -> str:
    """The name of a workspace's folder in the cache: its own name, and a digest of its path."""
    digest = hashlib.blake2b(str(root).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    safe = "".join(char if char.isalnum() or char in "-_." else "_" for char in root.name)[:40] or "root"
    return f"{safe}-{digest}"
