"""Finds duplicates that a project has later removed in favour of what existed, in its history.

    python benchmarks/matching/mine.py REPO_DIR... --out mined.jsonl [--since 2014-01-01] [--most 40]

REPO_DIR is a git directory OWNER+NAME/repo. A commit tells of a duplicate where a definition goes and what was there
before takes its place in the same file:

    replaced   the file's uses of A become uses of B, which another module had before (imported, by module or by class)
    inherited  the method A goes, and a base class of its class has had a method of that name all along
    extracted  two of one name go at once and one that is new takes the place of both: each was the other's duplicate

What called B itself was a thin layer over it and no duplicate; what is moved is none either. Lines of the output are what
collect_pairs.py reads. Objects that a snapshot lacks are passed over.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from rapidfuzz.distance import Indel

warnings.simplefilter("ignore", SyntaxWarning)
MOST_FILES = 25
"""A commit of more files moves or rewrites a code base, and what goes there goes for other reasons."""
LEAST_LINES = 5
LEAST_ALIKE = 0.2
"""Of the bodies of the two: what has less in common has mostly been replaced by another way to do it."""
GONE = re.compile(r"^(\s*)(?:async\s+)?(?:def|class)\s+(\w+)")
NAME = re.compile(r"\w+|[^\w\s]")
SAID_BY_ALL = {"main", "setUp", "tearDown", "run", "get", "setup"}


class Blobs:
    """A repository's files at its commits."""

    def __init__(self, repo: Path) -> None:
        self.repo = repo
        self.process = subprocess.Popen(
            ["git", f"--git-dir={repo}", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.trees: dict[str, dict[str, list[str]]] = {}
        self.modules: dict[tuple[str, str], Module | None] = {}

    def module(self, commit: str, path: str) -> Module | None:
        """A file, read; None where it is not there or is no Python of today. The last ones are kept."""
        key = commit, path
        if key not in self.modules:
            while len(self.modules) > 40:
                del self.modules[next(iter(self.modules))]
            text = self.text(commit, path)
            try:
                self.modules[key] = Module(text) if text is not None else None
            except (SyntaxError, ValueError, RecursionError):
                self.modules[key] = None
        return self.modules[key]

    def text(self, commit: str, path: str) -> str | None:
        """What a file held; None where it or its object is not there, or is no UTF-8."""
        source, answer = self.process.stdin, self.process.stdout
        assert source is not None and answer is not None
        source.write(f"{commit}:{path}\n".encode())
        source.flush()
        words = answer.readline().split()
        if words[-1] in (b"missing", b"ambiguous"):
            return None
        data = answer.read(int(words[-1]))
        answer.read(1)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return None

    def named(self, commit: str) -> dict[str, list[str]]:
        """The paths of a commit's Python files, by the last part of their module's name."""
        if commit not in self.trees:
            done = subprocess.run(
                ["git", f"--git-dir={self.repo}", "ls-tree", "-r", "--name-only", "-z", commit],
                capture_output=True,
                check=True,
            )
            found: dict[str, list[str]] = defaultdict(list)
            for raw in done.stdout.split(b"\0"):
                path = raw.decode("utf-8", "replace")
                if path.endswith(".py"):
                    parts = path[:-3].split("/")
                    found[parts[-2] if parts[-1] == "__init__" and len(parts) > 1 else parts[-1]].append(path)
            self.trees = {commit: found}
        return self.trees[commit]

    def module_path(self, commit: str, module: str, level: int, importer: str) -> str | None:
        """The file of a module as a file of the commit imports it."""
        parts = [one for one in module.split(".") if one]
        if level:
            folder = importer.split("/")[:-level]
            wanted = "/".join([*folder, *parts])
            exact = True
        else:
            wanted, exact = "/".join(parts), False
        if not wanted:
            return None
        best = None
        for path in self.named(commit).get(wanted.rsplit("/", 1)[-1], ()):
            bare = path.removesuffix(".py").removesuffix("/__init__")
            near = bare == wanted or (not exact and bare.endswith("/" + wanted))
            if near and (best is None or len(path) < len(best)):
                best = path
        return best


@dataclass
class Change:
    """What a commit did to a file."""

    path: str
    hunks: list[tuple[list[str], list[str]]] = field(default_factory=list)
    """Lines that went and lines that came, together."""

    def defined(self, side: int) -> set[str]:
        return {found[2] for hunk in self.hunks for line in hunk[side] if (found := GONE.match(line))}


class Module:
    """A file's text, read."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, text.splitlines(keepends=True)
        self.tree = ast.parse(text)
        self.found: dict[str, ast.AST] = {}
        self.owner: dict[str, str] = {}
        self._visit(self.tree.body, "")

    def _visit(self, body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.found[prefix + node.name] = node
                if isinstance(node, ast.ClassDef):
                    self._visit(node.body, prefix + node.name + ".")
            elif isinstance(node, ast.If | ast.Try):
                self._visit(node.body, prefix)

    def span(self, symbol: str) -> tuple[int, int]:
        node = self.found[symbol]
        return min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno

    def said(self, symbol: str) -> str:
        """The definition's body, without its header and documentation."""
        node = self.found[symbol]
        body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
        return "\n".join(ast.unparse(one) for one in body)

    def names_in(self, symbol: str) -> set[str]:
        node = self.found[symbol]
        return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
            one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)
        }

    @cached_property
    def imports(self) -> dict[str, tuple[str, int, str | None]]:
        """Name here: module, level and the name there (None where the module itself is imported)."""
        told: dict[str, tuple[str, int, str | None]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for one in node.names:
                    told[one.asname or one.name] = (node.module or "", node.level, one.name)
            elif isinstance(node, ast.Import):
                for one in node.names:
                    if one.asname:
                        told[one.asname] = (one.name, 0, None)
                    else:
                        told[one.name] = (one.name, 0, None)
        return told


def changes(repo: Path, since: str) -> Iterator[tuple[str, str, str, list[Change]]]:
    """The commits in which definitions went: commit, parent, subject, changes."""
    command = [
        "git",
        f"--git-dir={repo}",
        "log",
        "--no-merges",
        f"--since={since}",
        "-p",
        "-U0",
        "--no-renames",
    ]
    command += ["--no-ext-diff", "--no-color", "--diff-filter=MD", "--format=%x00%H %P%x00%s", "--", "*.py"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, errors="replace")
    assert process.stdout is not None
    head: tuple[str, str, str] | None = None
    some: list[Change] = []
    for line in process.stdout:
        if line.startswith("\0"):
            if head and some:
                yield (*head, some)
            _, ids, subject = line.rstrip("\n").split("\0", 2)
            commit, _, parent = ids.partition(" ")
            head, some = (commit, parent, subject), []
        elif line.startswith("--- a/"):
            some.append(Change(line[6:].rstrip("\n").rstrip("\t")))
        elif line.startswith("@@") and some:
            some[-1].hunks.append(([], []))
        elif some and some[-1].hunks and line[:1] == "-" and not line.startswith("--- "):
            some[-1].hunks[-1][0].append(line[1:].rstrip("\n"))
        elif some and some[-1].hunks and line[:1] == "+" and not line.startswith("+++ "):
            some[-1].hunks[-1][1].append(line[1:].rstrip("\n"))
    if head and some:
        yield (*head, some)
    process.wait()


def mined(repo: Path, since: str, most: int) -> list[dict]:
    """The duplicates that a repository's history tells of, newest first."""
    name = repo.parent.name.replace("+", "/", 1)
    blobs = Blobs(repo)
    found: list[dict] = []
    counts: dict[str, int] = defaultdict(int)
    for commit, parent, subject, changed in changes(repo, since):
        if not parent or len(changed) > MOST_FILES or re.search(r"\brevert", subject, re.IGNORECASE):
            continue
        came = set().union(*(one.defined(1) for one in changed))
        going = {one.path: one.defined(0) - came for one in changed}
        twice = repeated(going)
        here = 0
        for change in changed:
            for symbol in going[change.path] - SAID_BY_ALL:
                for pair in pairs_of(blobs, commit, parent, change, symbol, twice):
                    if here < 4 and counts[pair["kind"] + pair["why"]] < most:
                        here += 1
                        counts[pair["kind"] + pair["why"]] += 1
                        found.append(
                            {
                                "repo": name,
                                "commit": commit,
                                "parent": parent,
                                **pair,
                                "subject": subject[:60],
                            }
                        )
    blobs.process.kill()
    return found


def repeated(going: dict[str, set[str]]) -> dict[str, list[str]]:
    """Names that go from several files of a commit, with the files."""
    where: dict[str, list[str]] = defaultdict(list)
    for path, names in going.items():
        for one in names:
            where[one].append(path)
    return {one: paths for one, paths in where.items() if len(paths) > 1}


def pairs_of(
    blobs: Blobs, commit: str, parent: str, change: Change, name: str, twice: dict[str, list[str]]
) -> Iterator[dict]:
    """The duplicates of a name that goes from a file."""
    before, after = blobs.module(parent, change.path), blobs.module(commit, change.path)
    if before is None or after is None:
        return
    for symbol in [one for one in before.found if one.rsplit(".", 1)[-1] == name and one not in after.found]:
        low, high = before.span(symbol)
        owner = symbol.rpartition(".")[0]
        if high - low + 1 < LEAST_LINES or (owner and owner not in after.found):
            continue
        seen: tuple[str, str, str, str] | None = None
        for kind, why, path, target in (
            *replacing(blobs, parent, change, before, after, symbol),
            *inherited(blobs, parent, change.path, before, after, symbol),
        ):
            seen = kind, why, path, target
            break
        if seen is None and name in twice and name not in {"upgrade", "downgrade", "forwards", "backwards"}:
            others = [one for one in twice[name] if one != change.path]
            seen = ("extracted", "imp", others[0], symbol) if others else None
        if seen is None:
            continue
        kind, why, path, target = seen
        theirs = blobs.module(parent, path)
        if theirs is None or target not in theirs.found or (path, target) == (change.path, symbol):
            continue
        if kind == "extracted" and change.path > path:
            continue
        if type(theirs.found[target]) is ast.ClassDef is not type(before.found[symbol]):
            continue
        their_low, their_high = theirs.span(target)
        alike = Indel.normalized_similarity(before.said(symbol), theirs.said(target))
        enough = 0.7 if kind == "extracted" or why == "base" else LEAST_ALIKE
        called = target.rsplit(".", 1)[-1]
        thin = called != name and called in before.names_in(symbol)
        if why == "base" and "super" in before.names_in(symbol):
            thin = True
        if their_high - their_low + 1 < 4 or alike < enough or thin or is_stub(theirs, target):
            continue
        node = before.found[symbol]
        yield {
            "kind": kind,
            "why": why,
            "a_path": change.path,
            "a_symbol": symbol,
            "a_kind": "class" if isinstance(node, ast.ClassDef) else "method" if owner else "function",
            "a_lines": [low, high],
            "b_path": path,
            "b_symbol": target,
            "b_lines": [their_low, their_high],
            "same_name": called == name,
            "body_similarity": round(alike, 3),
            "is_test": "test" in change.path,
        }


def is_stub(module: Module, symbol: str) -> bool:
    """Whether a definition does nothing: an interface, or left for those who still call it."""
    return all(isinstance(one, ast.Pass | ast.Raise | ast.Expr) for one in module.found[symbol].body)


def replacing(
    blobs: Blobs, parent: str, change: Change, before: Module, after: Module, symbol: str
) -> Iterator[tuple[str, str, str, str]]:
    """What has taken the place of a definition in its own file, and was in another before."""
    name = symbol.rsplit(".", 1)[-1]
    votes: dict[tuple[str, str, str], int] = defaultdict(int)
    if name in after.imports and name not in before.imports and "." not in symbol:
        module, level, there = after.imports[name]
        if there is not None:
            path = blobs.module_path(parent, module, level, change.path)
            for place in existing(blobs, parent, path, there):
                votes["imp", *place] += 2
    low, high = before.span(symbol)
    inside = {line.rstrip("\n") for line in before.lines[low - 1 : high]}
    for gone, came in change.hunks:
        for line in gone:
            if line in inside or not re.search(rf"\b{re.escape(name)}\b", line):
                continue
            for dotted in standing_for(line, came, name):
                for why, path, there in resolved(blobs, parent, change.path, after, dotted):
                    if (path, there) != (change.path, symbol) and path != change.path:
                        votes[why, path, there] += 1
    for (why, path, there), _ in sorted(votes.items(), key=lambda item: -item[1])[:1]:
        yield "replaced", why, path, there


def standing_for(line: str, came: list[str], name: str) -> Iterator[str]:
    """The dotted names that stand in the lines that came where `name` stood in the one that went."""
    mine = NAME.findall(line)
    at = mine.index(name) if name in mine else -1
    if at < 0:
        return
    start = at
    while start >= 2 and mine[start - 1] == ".":
        start -= 2
    head, tail = mine[:start], mine[at + 1 :]
    for other in came:
        theirs = NAME.findall(other)
        if len(theirs) <= len(head) or theirs[: len(head)] != head:
            continue
        end = len(head)
        while end + 2 < len(theirs) + 1 and end + 1 < len(theirs) and theirs[end + 1] == ".":
            end += 2
        if end >= len(theirs):
            continue
        dotted = "".join(theirs[len(head) : end + 1])
        rest = theirs[end + 1 :]
        called = tail[:1] == ["("] and rest[:1] == ["("]
        if dotted and dotted[0].isidentifier() and dotted != name and (rest == tail or (head and called)):
            yield dotted


def resolved(
    blobs: Blobs, parent: str, path: str, after: Module, dotted: str
) -> Iterator[tuple[str, str, str]]:
    """Where a dotted name of a file leads: why, the file, the definition there."""
    first, _, rest = dotted.partition(".")
    if first in after.imports:
        module, level, there = after.imports[first]
        if there is None:
            target = blobs.module_path(parent, module, level, path)
            if rest:
                for place in existing(blobs, parent, target, rest):
                    yield "mod", *place
            return
        target = blobs.module_path(parent, f"{module}.{there}" if module else there, level, path)
        if target is not None and rest:
            for place in existing(blobs, parent, target, rest):
                yield "mod", *place
        target = blobs.module_path(parent, module, level, path)
        for place in existing(blobs, parent, target, f"{there}.{rest}" if rest else there):
            yield ("clsattr" if rest else "imp"), *place


def existing(
    blobs: Blobs, parent: str, path: str | None, symbol: str, depth: int = 2
) -> Iterator[tuple[str, str]]:
    """The definition of a name in a file, through what it imports anew."""
    if path is None:
        return
    module = blobs.module(parent, path)
    if module is None:
        return
    if symbol in module.found:
        yield path, symbol
        return
    first, _, rest = symbol.partition(".")
    if first in module.imports and depth:
        name, level, there = module.imports[first]
        if there is not None:
            target = blobs.module_path(parent, name, level, path)
            yield from existing(blobs, parent, target, f"{there}.{rest}" if rest else there, depth - 1)


def inherited(
    blobs: Blobs, parent: str, path: str, before: Module, after: Module, symbol: str
) -> Iterator[tuple[str, str, str, str]]:
    """The method of a base class that was there, and is inherited once the own one has gone."""
    owner, _, name = symbol.rpartition(".")
    node = after.found.get(owner)
    if not isinstance(node, ast.ClassDef) or name.startswith("__"):
        return
    for base in node.bases:
        dotted = ast.unparse(base)
        places = [(path, dotted)] if dotted in before.found else []
        places += [(there, target) for _, there, target in resolved(blobs, parent, path, after, dotted)]
        for there, target in places:
            module = blobs.module(parent, there)
            if module is not None and f"{target}.{name}" in module.found and there != path:
                yield "replaced", "base", there, f"{target}.{name}"
                return


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repos", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--since", default="2014-01-01")
    parser.add_argument("--most", type=int, default=40, help="of one kind in a repository")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with ProcessPoolExecutor(args.jobs) as pool, args.out.open("a") as out:
        work = partial(mined, since=args.since, most=args.most)
        for repo, pairs in zip(args.repos, pool.map(work, args.repos), strict=True):
            print(f"{repo.parent.name}: {len(pairs)}", file=sys.stderr)
            out.writelines(json.dumps(pair) + "\n" for pair in pairs)
            out.flush()


if __name__ == "__main__":
    main()
