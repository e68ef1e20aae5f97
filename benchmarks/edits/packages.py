"""Applies every offered change to duplicates written into real packages, and runs the packages' own tests.

    python benchmarks/edits/packages.py --cache FOLDER [--only NAME] [--cases 24] [--seed 1] [--out results.jsonl]
    python benchmarks/edits/packages.py --table results.jsonl ...

A case: a function or class that the package's tests run is written a second time into another module (other
names, parameters renamed, reordered or by keyword only, other words and annotations), and some callers that tests
run are switched to it, in the package and in its tests. A case counts where the tests then still pass. Each action
that the server offers for the duplicate is applied to files on disk; so is the replacement of every use of it, once
the settings call it superseded. The tests that reach the changed code are run again,
and ruff (F, E9) and mypy on the files that changed. Broken is an applied change after which a test fails, a tool
finds something new, or a file does not parse. FOLDER keeps what is fetched and installed (1 GB). A run that was
ended goes on where --out ends.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import suites
from duplicate import (
    MOST_CALLERS,
    Copy,
    Duplicate,
    copy_class,
    copy_function,
    import_closure,
    place_copy,
    switch_callers,
)
from session import Outcome, Session
from source import Source
from suites import SUITES, Place
from table import table

VARIANTS = (
    "documented", "renamed documented", "renamed annotated documented", "annotated", "renamed reordered",
    "keyword annotated", "renamed keyword documented", "reordered annotated", "renamed reordered keyword",
)  # fmt: skip
CLASS_VARIANTS = ("documented", "", "documented extended", "extended")
SETTINGS = {"reuse": {"minimumProbability": 0}}
MOST_TEST_FILES = 4
KINDS = {"Use existing": "import", "Delegate to": "delegate", "Extend": "inherit"}
"""The actions that change code, by how their titles begin."""
REPLACE = "Replace every use of"


def read_sources(place: Place) -> dict[str, Source]:
    """The modules of the package and of its tests, by dotted name."""
    found: dict[str, Source] = {}
    base = place.root / place.suite.source_root
    for path in sorted((place.root / place.suite.code).rglob("*.py")):
        parts = list(path.relative_to(base).with_suffix("").parts)
        if "tests" in parts or "_vendor" in parts:
            continue
        _add(found, path, parts)
    for top in {one.split("/")[0] for one in place.suite.tests if not one.startswith(place.suite.code)} | {
        one for one in place.suite.tests if one.startswith(place.suite.code)
    }:
        for path in sorted((place.root / top).rglob("test_*.py")):
            _add(found, path, list(path.relative_to(place.root).with_suffix("").parts))
    return found


def _add(found: dict[str, Source], path: Path, parts: list[str]) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    is_package = parts[-1] == "__init__"
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return
    if "\r" in text or "\x0c" in text:
        return
    module = ".".join(parts[:-1] if is_package else parts)
    found[module] = Source(path, text, module, is_package)


def write_cases(place: Place, count: int, seed: int) -> Iterator[Duplicate]:
    """Duplicates of what tests run, without end of order: the same for the same seed."""
    rng = random.Random(f"{place.suite.name} {seed}")
    sources = read_sources(place)
    reached = suites.reach(place)
    lines: dict[Path, set[int]] = defaultdict(set)
    for places in reached.values():
        for one in places:
            path, _, line = one.rpartition(":")
            lines[Path(path)].add(int(line))
    closure = import_closure(sources)
    package = {name: one for name, one in sources.items() if _is_code(place, one)}
    targets = []
    for source in package.values():
        for node in source.tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                if first in lines[source.path] and _long_enough(node):
                    targets.append((source, node))
            elif isinstance(node, ast.ClassDef):
                inside = {one.lineno for one in ast.walk(node) if isinstance(one, ast.FunctionDef)}
                if inside & lines[source.path] and not node.name.startswith("__"):
                    targets.append((source, node))
    rng.shuffle(targets)
    made = 0
    for turn in range(3):
        for source, node in targets:
            if made >= count:
                return
            found = _write_case(place, source, node, sources, package, closure, lines, rng)
            if found is not None:
                made += 1
                yield found
        del turn


def _is_code(place: Place, source: Source) -> bool:
    return source.path.is_relative_to(place.root / place.suite.code) and not source.path.name.startswith(
        "test_"
    )


def _long_enough(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return (node.end_lineno or 0) - node.lineno >= 3 and not node.name.startswith("__")


def _write_case(
    place: Place,
    source: Source,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    sources: Mapping[str, Source],
    package: Mapping[str, Source],
    closure: Mapping[str, set[str]],
    lines: Mapping[Path, set[int]],
    rng: random.Random,
) -> Duplicate | None:
    copy: Copy | None
    if isinstance(node, ast.ClassDef):
        variant = rng.choice(CLASS_VARIANTS)
        name = rng.choice(("Own{}", "{}2", "Plain{}")).format(node.name.strip("_"))
        copy = copy_class(source, node, name, variant)
    else:
        variant = rng.choice(VARIANTS)
        name = rng.choice(("own_{}", "{}_again", "do_{}")).format(node.name.strip("_"))
        copy = copy_function(source, node, name, variant, rng)
    if copy is None:
        return None
    target = f"{source.module}.{node.name}"
    users = [
        one
        for one in package.values()
        if one is not source and any(one.means(n) == target for n in one.bound)
    ]
    others = [one for one in package.values() if one is not source and not one.is_package]
    kind = rng.choice(("a user", "another module", "another module", "the same file"))
    homes = {"a user": users or others, "another module": others, "the same file": [source]}[kind]
    if not homes:
        return None
    home = rng.choice(homes)
    # Whether an import of the original's module at the head of `home` would go in a circle.
    circular = home.module in closure[source.module] or source.module == home.module
    text = place_copy(copy, source, home, name, circular and home is not source)
    if text is None:
        return None
    made = Duplicate(
        target, name, home.path, "class" if isinstance(node, ast.ClassDef) else "function", variant, kind
    )
    made.texts[home.path] = text
    needs = closure[home.module] | {home.module} | {d.rpartition(".")[0] for d, _ in copy.imports}
    candidates = [home, *users, source, *(one for one in sources.values() if one not in package.values())]
    rng.shuffle(candidates)
    for caller in candidates:
        if len(made.reached) >= MOST_CALLERS:
            break
        is_code = caller in package.values()
        base = caller
        if caller is home:
            base = Source(home.path, text, home.module, home.is_package)
            try:
                ast.parse(text)
            except SyntaxError:
                return None
        cyclic = is_code and (
            caller.module in needs or any(caller.module in closure.get(n, ()) for n in needs)
        )
        wanted = lines[caller.path] if is_code and caller is not home else set()
        switched = switch_callers(base, target, copy, name, home.module, wanted, cyclic)
        if switched is None:
            continue
        made.texts[caller.path], number = switched
        made.switched += number
        if caller.path not in made.reached:
            made.reached.append(caller.path)
    return made


class Bench:
    """One package: its cases, what is offered for them, and what comes of it."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place = place
        self.seed = seed
        self.reached = suites.reach(place)
        self.index = tempfile.TemporaryDirectory(prefix="canonry-edits-")

    def run(self, count: int, done: set[tuple[str, ...]]) -> Iterator[dict[str, Any]]:
        """The rows of all cases but those that are done."""
        for case in write_cases(self.place, count, self.seed):
            if key_of(self._row(case)) in done:
                continue
            originals = {path: path.read_bytes() for path in case.texts}
            try:
                # All at once, so that a run that is ended has written whole cases.
                yield from list(self._case(case))
            finally:
                for path, data in originals.items():
                    path.write_bytes(data)

    def _row(self, case: Duplicate) -> dict[str, Any]:
        return {
            "package": self.place.suite.name, "target": case.target, "name": case.name, "kind": case.kind,
            "home": str(case.home.relative_to(self.place.root)), "variant": case.variant,
            "placement": case.placement, "switched": case.switched,
        }  # fmt: skip

    def _case(self, case: Duplicate) -> Iterator[dict[str, Any]]:
        row = self._row(case)
        for path, text in case.texts.items():
            path.write_bytes(text.encode())
        files = self._tests(case)
        failed = suites.test(self.place, files) if files else "no test reaches it"
        if failed:
            yield {**row, "result": "no case", "why": failed[-400:]}
            return
        outcomes = self._offered(case)
        if not outcomes:
            yield {**row, "result": "not offered"}
        before: Counter[str] | None = None
        checked: set[Path] = set()
        for action, outcome in outcomes:
            told = {**row, "action": action, "result": outcome.result, "why": outcome.why}
            if outcome.texts is None:
                yield told
                continue
            changed = {path: path.read_bytes() for path in outcome.texts}
            touched = sorted({*changed, *case.texts})
            if before is None or not set(touched) <= checked:
                checked = set(touched)
                # A message about the duplicate is one about the existing definition afterwards.
                before = Counter()
                for text, number in suites.problems(self.place, sorted(checked)).items():
                    before[text.replace(case.name, case.target.rpartition(".")[2])] += number
            try:
                for path, text in outcome.texts.items():
                    path.write_bytes(text.encode())
                failed = suites.test(self.place, files)
                new = _counted(suites.problems(self.place, sorted(checked)) - before, case)
            finally:
                diff = _diff(changed, outcome.texts)
                for path, data in changed.items():
                    path.write_bytes(data)
            told["tests"] = failed[-2500:]
            told["new"] = dict(new)
            told["broken"] = bool(failed or new)
            told["diff"] = diff if told["broken"] else ""
            yield told

    def _offered(self, case: Duplicate) -> list[tuple[str, Outcome]]:
        """What the menu of the duplicate does, and what becomes of its uses where settings supersede it."""
        with Session(self.place.root, Path(self.index.name), SETTINGS) as session:
            session.open(case.home, case.texts[case.home])
            line = _line(case)
            found = self._outcomes(session, session.menu(case.home, line), case)
            if not case.switched:
                return found
            module = next(name for name, one in read_sources(self.place).items() if one.path == case.home)
            entry = {"symbol": case.target, "supersedes": [f"{module}.{case.name}"]}
            session.configure({**SETTINGS, "canonical": {"concept": entry}})
            column = case.texts[case.home].split("\n")[line].index(case.name)
            return found + [
                ("replace", session.outcome(action))
                for action in session.menu(case.home, line, column)
                if action["title"].startswith(REPLACE)
            ]

    def _outcomes(
        self, session: Session, menu: list[dict[str, Any]], case: Duplicate
    ) -> list[tuple[str, Outcome]]:
        found = []
        own = case.target.rpartition(".")
        for action in menu:
            kind = next((kind for start, kind in KINDS.items() if action["title"].startswith(start)), "")
            aims = re.search(rf"\b{re.escape(own[2])} from {re.escape(own[0])}\b", action["title"])
            if kind and aims:
                found.append((kind, session.outcome(action)))
        return found

    def _tests(self, case: Duplicate) -> list[str]:
        """The test files that reach the existing definition or are switched, those first that are."""
        own = [
            str(path.relative_to(self.place.root)) for path in case.reached if path.name.startswith("test_")
        ]
        code = {str(path) for path in (*case.reached, case.home) if not path.name.startswith("test_")}
        module, _, name = case.target.rpartition(".")
        del module
        scored = Counter[str]()
        for test, places in self.reached.items():
            hits = sum(one.rpartition(":")[0] in code for one in places)
            text = (
                (self.place.root / test).read_text("utf-8", "replace")
                if (self.place.root / test).exists()
                else ""
            )
            scored[test] = hits + 50 * bool(re.search(rf"\b{re.escape(name)}\b", text))
        best = [test for test, score in scored.most_common(MOST_TEST_FILES) if score]
        return list(dict.fromkeys([*own, *best]))[: MOST_TEST_FILES + len(own)]


def key_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells a case from others."""
    return tuple(str(row[name]) for name in ("package", "target", "name", "home", "variant", "placement"))


def _line(case: Duplicate) -> int:
    """The zero-based line of the duplicate's name."""
    lines = case.texts[case.home].split("\n")
    return next(at for at, one in enumerate(lines) if re.match(rf"(async )?(def|class) {case.name}\b", one))


def _counted(new: Counter[str], case: Duplicate) -> Counter[str]:
    """What is new, but for the import itself where nothing uses the duplicate: it waits for its first use."""
    name = case.target.rpartition(".")[2]
    if case.switched:
        return new
    return Counter(
        {text: number for text, number in new.items() if not ("F401" in text and f"{name}` imported" in text)}
    )


def _diff(before: Mapping[Path, bytes], after: Mapping[Path, str]) -> str:
    from canonry.demo.edits import unified_diff

    return "".join(unified_diff(path.name, data.decode(), after[path]) for path, data in before.items())


def read_rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of files of results."""
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("edits-results.jsonl"))
    parser.add_argument("--table", type=Path, nargs="+")
    args = parser.parse_args()
    if args.table:
        print(table(read_rows(args.table)))
        return
    if args.cache is None:
        parser.error("--cache is needed")
    rows = read_rows([args.out]) if args.out.exists() else []
    done = {key_of(one) for one in rows}
    with args.out.open("a") as out:
        for suite in SUITES:
            if args.only and suite.name not in args.only.split(","):
                continue
            place = suites.set_up(suite, args.cache)
            began = time.perf_counter()
            for row in Bench(place, args.seed).run(args.cases, done):
                rows.append(row)
                out.write(json.dumps(row) + "\n")
                out.flush()
                if row.get("broken"):
                    print(
                        f"BROKEN {row['package']} {row['target']} {row['action']} {row['result']}",
                        file=sys.stderr,
                    )
            suites.tear_down(place)
            print(f"{suite.name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(rows))


if __name__ == "__main__":
    main()
