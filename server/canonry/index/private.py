"""The folder of an index is its owner's alone: it holds words and constants of their code."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def make_private(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for this user alone.

    Raises OSError where it cannot be made, is a link, or is another user's: what stands in there could be
    anybody's.
    """
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    if sys.platform == "win32":  # the profile's folder has its own access list
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(f"{folder} is no folder of its own")
    if found.st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to another user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
