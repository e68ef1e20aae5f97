"""What git knows of the workspace: what has changed since a revision, and how it was then.

A repository's own configuration can name programs (filters, hooks, a file system monitor, a transport). None
of them is run here: whoever checks a downloaded project has not agreed to them.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from canonry.cli.opening import Failure

_FILE = re.compile(r"^\+\+\+ (?:b/(?P<path>.*)|/dev/null)\t?$")
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")

Lines = Sequence[range]
"""Stretches of zero-based lines."""

_SETTINGS = {
    "core.quotePath": "false",  # no program: paths as they are
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.untrackedCache": "false",
    "diff.external": "",
    "diff.ignoreSubmodules": "all",  # git would look into them with their configuration
    "protocol.allow": "never",
}
_VARIABLES = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",  # writing its index has a hook
    "GIT_NO_LAZY_FETCH": "1",  # what a partial clone lacks is not fetched
}


def changed_lines(root: Path, revision: str) -> dict[Path, Lines]:
    """For each file below `root` that differs from a revision, or is not in git yet, the lines that are new.

    A stretch where lines were only taken away is the line that follows it. Before a repository's first commit
    all of it differs from `HEAD`. Raises Failure.
    """
    if revision == "HEAD" and _is_unborn(root):
        # The tree without any file: git knows it, whatever its way of hashing.
        revision = _run(root, "hash-object", "-t", "tree", "--stdin").decode().strip()
    else:
        _commit(root, revision)
    options = ("-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative")
    diff = _git(root, "diff", *options, "--src-prefix=a/", "--dst-prefix=b/", revision, "--")
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
    with tempfile.TemporaryDirectory(prefix="canonry-") as folder:
        inside = Path(folder).resolve() / "tree"
        inside.mkdir()
        _write_blobs(root, f"{commit}:{prefix}", inside)
        yield inside


_MODES = {"100644": False, "100755": False, "100664": False, "120000": True}
"""Of the kinds of entries those that are written, and whether they are links; no submodules."""


def _write_blobs(root: Path, tree: str, target: Path) -> None:
    """Writes a tree's files as they are stored: checking them out would run the repository's filters."""
    blobs: dict[str, tuple[str, bool]] = {}
    for entry in _git(root, "ls-tree", "-r", "-z", tree).split("\0"):
        facts, _, path = entry.partition("\t")
        mode, _, name = (facts or "- - -").split()
        # git refuses to check out what leaves the folder; a tree that was made by hand may have it.
        if mode in _MODES and not {"", ".", "..", ".git"} & set(path.split("/")):
            blobs[path] = name, _MODES[mode]
    asked = "".join(f"{name}\n" for name, _ in blobs.values()).encode()
    found = io.BytesIO(_run(root, "cat-file", "--batch", given=asked))
    links: dict[str, str] = {}
    for path, (name, is_link) in blobs.items():
        kind, size = found.readline().decode().split()[1:] or ("missing", "0")
        if kind != "blob":
            raise Failure(f"git has not all files of that revision here: {path} ({name}) is missing.")
        content = found.read(int(size))
        found.read(1)
        if is_link:
            links[path] = os.fsdecode(content)
            continue
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for path, leads in links.items():  # last, so that nothing is written through one
        absolute = os.path.normpath(os.path.join(root, os.path.dirname(path), leads))  # noqa: PTH118, PTH120
        inside = Path(absolute).is_relative_to(root)
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).symlink_to(leads if inside and not leads.startswith("/") else absolute)


def _commit(root: Path, revision: str) -> str:
    if revision.startswith("-"):
        raise Failure(f"{revision!r} is no revision of git.")
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    except Failure as failure:
        if "not a git repository" in failure.message or "cannot be run" in failure.message:
            raise
        raise Failure(f"git knows no revision {revision!r} in {root}.") from failure


def _is_unborn(root: Path) -> bool:
    """Whether a repository has a branch, and no commit on it yet."""
    asked = (("symbolic-ref", "--quiet", "HEAD"), ("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))
    branch, commit = (_call(root, {**_SETTINGS, **_no_filters(root)}, one, b"") for one in asked)
    return branch.returncode == 0 and commit.returncode != 0


def _git(root: Path, *arguments: str) -> str:
    """What a git command prints. Raises Failure with git's own words."""
    return _run(root, *arguments).decode("utf-8", "surrogateescape")


def _run(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = _call(root, {**_SETTINGS, **_no_filters(root)}, arguments, given)
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip()
        raise Failure(f"git {arguments[0]}: {told or f'exit code {done.returncode}'}")
    return done.stdout


@cache
def _no_filters(root: Path) -> Mapping[str, str]:
    """For each filter that is configured, settings that leave it nothing to run."""
    done = _call(root, _SETTINGS, ("config", "--null", "--name-only", "--get-regexp", r"^filter\."), b"")
    keys = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    names = {key.removeprefix("filter.").rpartition(".")[0] for key in keys if key}
    return {
        f"filter.{name}.{key}": "false" if key == "required" else ""
        for name in names
        for key in ("clean", "smudge", "process", "required")
    }


def _call(
    root: Path, settings: Mapping[str, str], arguments: Sequence[str], given: bytes
) -> subprocess.CompletedProcess[bytes]:
    # By variables: in an argument a name with `=` in it could not be told from its value.
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    variables = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (key, value) in enumerate(settings.items(), first):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    command = ["git", "-C", str(root), *arguments]
    environment = {**os.environ, **_VARIABLES, **variables}
    try:
        return subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise Failure(f"git cannot be run: {error.strerror or error}") from error
