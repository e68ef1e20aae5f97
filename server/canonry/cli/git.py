"""What git knows of the workspace: what has changed since a revision, and how it was then."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from canonry.cli.opening import Failure

_FILE = re.compile(r"^\+\+\+ (?:b/(?P<path>.*)|/dev/null)\t?$")
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")

Lines = Sequence[range]
"""Stretches of zero-based lines."""


def changed_lines(root: Path, revision: str) -> dict[Path, Lines]:
    """For each file below `root` that differs from a revision, or is not in git yet, the lines that are new.

    A stretch where lines were only taken away is the line that follows it. Raises Failure.
    """
    _commit(root, revision)
    options = ("-U0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", "--src-prefix=a/")
    diff = _git(root, "diff", *options, "--dst-prefix=b/", revision, "--")
    found: dict[Path, list[range]] = {}
    path: Path | None = None
    for line in diff.split("\n"):
        if line.startswith("+++ "):
            named = _FILE.match(line)
            path = root / named["path"] if named is not None and named["path"] else None
            if path is not None:
                found[path] = []
        elif path is not None and (hunk := _HUNK.match(line)):
            start, count = int(hunk["start"]), int(hunk["count"] or 1)
            found[path].append(range(start - 1, start - 1 + count) if count else range(start, start + 1))
    for name in _git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name:
            found[root / name] = [range(10**9)]
    return dict(found)


@contextmanager
def tree_of(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with the files of a revision below `root`; work tree and index are not touched."""
    commit = _commit(root, revision)
    prefix = _git(root, "rev-parse", "--show-prefix").strip("\n")
    top = Path(_git(root, "rev-parse", "--show-toplevel").strip("\n"))
    with tempfile.TemporaryDirectory(prefix="canonry-") as folder:
        target = Path(folder).resolve()
        index = {"GIT_INDEX_FILE": str(target / "index")}
        (target / "tree").mkdir()
        _git(top, "read-tree", commit, variables=index)
        _git(top, "checkout-index", "--all", f"--prefix={target / 'tree'}{os.sep}", variables=index)
        inside = target / "tree" / prefix
        inside.mkdir(parents=True, exist_ok=True)
        yield inside


def _commit(root: Path, revision: str) -> str:
    if revision.startswith("-"):
        raise Failure(f"{revision!r} is no revision of git.")
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    except Failure as failure:
        if "not a git repository" in failure.message or "cannot be run" in failure.message:
            raise
        raise Failure(f"git knows no revision {revision!r} in {root}.") from failure


def _git(root: Path, *arguments: str, variables: Mapping[str, str] | None = None) -> str:
    """What a git command prints. Raises Failure with git's own words."""
    # Paths as they are, and no prompts.
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(variables or {})}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise Failure(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip()
        raise Failure(f"git {arguments[0]}: {told or f'exit code {done.returncode}'}")
    return done.stdout.decode("utf-8", "surrogateescape")
