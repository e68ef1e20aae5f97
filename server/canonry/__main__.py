"""The `canonry` command, also as `python -m canonry`.

Imports nothing of Canonry before folders that may be a workspace's are off the import path.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and end the process."""
    leave_foreign_folders()
    from canonry.cli import main as run

    run()


def leave_foreign_folders() -> None:
    """Take the current folder and those of PYTHONPATH off the import path, for child processes as well.

    `PYTHONPATH=src` is set for a project's own programs: its modules must not stand in place of those that
    Canonry imports. The folder that holds Canonry itself stays, and so do Python's own. Until they are off
    nothing may be imported that Python has not imported before.
    """
    given = os.environ.pop("PYTHONPATH", "")
    folders = given.split(os.pathsep) if given else []
    if not sys.flags.safe_path and sys.path and _real(sys.path[0]) == _real(os.curdir):
        folders.append(os.curdir)  # put there by `python -m`
    if not folders:
        return
    own = _real(os.path.dirname(os.path.dirname(__file__)))  # noqa: PTH120 -- pathlib may be anybody's yet
    foreign = {_real(folder) for folder in folders} - {own} - _folders_of_python()
    sys.path[:] = [entry for entry in sys.path if _real(entry) not in foreign]
    if any(_real(folder) == own for folder in folders[: given.count(os.pathsep) + 1] if given):
        os.environ["PYTHONPATH"] = own


def _folders_of_python() -> set[str]:
    """Those of the standard library and of installed packages."""
    site = sys.modules.get("site")  # missing under `python -S`
    installed = [*site.getsitepackages(), site.getusersitepackages()] if site is not None else []
    return {_real(folder) for folder in (*installed, os.path.dirname(os.__file__))}  # noqa: PTH120


def _real(folder: str) -> str:
    return os.path.realpath(folder or os.curdir)


if __name__ == "__main__":
    main()
