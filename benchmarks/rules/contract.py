"""Holds the rules to their words: runs them on the cases of tests/contract and compares both ways.

    python benchmarks/rules/contract.py [--only CN203 | CN2] [--select CN] [--set 2026-11-30]

The cases were written from the rules' descriptions alone, not from their code. For each rule: how many
findings are wanted, how many of them were found, which were missed, and what was found on a line that
wants nothing. Findings of codes that a case is not about are left out, unless a line says `# ok:` of them.
Exits with 0 whatever the figures are: it measures, the examples of the rules are their tests.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from canonry.workspace import Workspace
from cases import EXPECTED, Case, Place, all_cases


@dataclass
class Tally:
    """What came out for one code."""

    wanted: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def findings_of(case: Case, select: str = "") -> list[tuple[str, Place, str]]:
    """Code, place and message of all that a check of the whole case reports, in a copy of its folder.

    `select` is the setting of that name, "" for the default rules.
    """
    with tempfile.TemporaryDirectory(prefix="contract-") as scratch:
        root = Path(scratch) / case.folder.name.lower()
        shutil.copytree(case.folder, root, ignore=shutil.ignore_patterns(EXPECTED, "__pycache__"))
        workspace = Workspace(root, cache=Path(scratch) / "cache", workers=1)
        if select:
            workspace.set_editor_settings({"select": [select]})
        try:
            workspace.refresh()
            found = [*workspace.audit()]
            for of_settings in workspace.settings_findings().values():
                found += of_settings
            return [
                (
                    one.code,
                    (one.path.relative_to(workspace.root).as_posix(), one.range.start.line + 1),
                    one.message,
                )
                for one in found
            ]
        finally:
            workspace.shutdown()


def compare(case: Case, found: list[tuple[str, Place, str]], tallies: dict[str, Tally]) -> None:
    """Adds a case's result to the tallies."""
    left = list(found)
    for want in case.wants:
        tally = tallies[want.code]
        tally.wanted += 1
        at_place = [one for one in found if one[0] == want.code and one[1] in want.places]
        if any(want.text in message for _, _, message in at_place):
            tally.found += 1
        else:
            missed = f"{case.folder.name}: " + " | ".join(f"{path}:{line}" for path, line in want.places)
            if at_place:
                missed += f" says {at_place[0][2]!r}, without {want.text!r}"
            tally.missed.append(missed)
        # One finding for one place: a second on the same line is one cause too many.
        for place in want.places:
            first = next((one for one in left if one[0] == want.code and one[1] == place), None)
            if first:
                left.remove(first)
    for code, place, message in left:
        if code in case.codes or (code, place) in case.silent:
            tallies[code].false.append(f"{case.folder.name}: {place[0]}:{place[1]} {message}")


def show(tallies: dict[str, Tally]) -> None:
    """Prints the table, then every place that was missed or is a false alarm."""
    print(f"{'rule':<8}{'wanted':>8}{'found':>8}{'missed':>8}{'false':>8}")
    for code, tally in sorted(tallies.items()):
        print(f"{code:<8}{tally.wanted:>8}{tally.found:>8}{len(tally.missed):>8}{len(tally.false):>8}")
    wanted = sum(one.wanted for one in tallies.values())
    found = sum(one.found for one in tallies.values())
    false = sum(len(one.false) for one in tallies.values())
    recall = f"{found / wanted:.1%}" if wanted else "-"
    precision = f"{found / (found + false):.1%}" if found + false else "-"
    print(
        f"{'total':<8}{wanted:>8}{found:>8}{wanted - found:>8}{false:>8}   recall {recall}, precision {precision}"
    )
    for code, tally in sorted(tallies.items()):
        for kind, places in (("missed", tally.missed), ("false alarm", tally.false)):
            for place in places:
                print(f"{code} {kind}: {place}")


def main() -> None:
    """Runs the cases that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="CN", help="a code, or how codes begin")
    parser.add_argument("--select", default="", help="the rules that are on (CN: all); default: as shipped")
    parser.add_argument("--set", default="", help="the set of a day alone; default: all")
    arguments = parser.parse_args()
    only = arguments.only
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in all_cases(of=arguments.set):
        if any(code.startswith(only) for code in case.codes):
            compare(case, findings_of(case, arguments.select), tallies)
    show({code: tally for code, tally in tallies.items() if code.startswith(only)})


if __name__ == "__main__":
    main()
