"""Weighs packages' own definitions, each typed again where it stood: what is found for them is mostly wrong.

    python benchmarks/matching/collect_own.py FOLDER... --own 60 --out own.npz [--log own.log]

Each FOLDER is a package or an application with its sources. Rows are those of collect_pairs.py; a third as many
definitions of tests come along, which are learned from and not counted. The folders are copied, never changed.

With --shrink 15 each definition is typed in a workspace of its own of about so many (`shrinking.py`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from canonry.config import Settings
from canonry.workspace import Workspace
from collect_pairs import KEPT, cases_of, cut, rows_of, save, told_of
from shrinking import shrunk

warnings.simplefilter("ignore", SyntaxWarning)


def collect(folder: Path, own: int, keep: Path | None, shrink: int) -> list[tuple[dict, list[dict]]]:
    """What is found for some of a package's own definitions."""
    with tempfile.TemporaryDirectory(prefix="own-") as temporary:
        root = (keep or Path(temporary)).resolve() / folder.name
        if root.exists():
            shutil.rmtree(root)
        shutil.copytree(folder, root, ignore=unread)
        cases = cases_of(root, [], own, folder.name, most_files=4 * own)
        if not shrink:
            return weighed(folder.name, root, cases, Path(temporary) / "cache")
        found = []
        for at, case in enumerate(cases):
            small = Path(temporary) / str(at)
            shrunk(root, case[1], {case[1]: case[3:5]}, shrink + 1, small / "work")
            found += weighed(folder.name, small / "work", [case], small / "cache")
            shutil.rmtree(small)
        return found


def weighed(name: str, root: Path, cases: list, cache: Path) -> list[tuple[dict, list[dict]]]:
    """What is found for some definitions of a workspace, which are cut out of it."""
    prepared = cut(root, cases)
    workspace = Workspace(root, Settings(), cache=cache, workers=1)
    workspace.refresh()
    found = [
        (told_of(name, "", case, stage, rows), rows)
        for case in prepared
        for stage, rows in rows_of(case, root, workspace)
    ]
    workspace.shutdown()
    return found


def unread(folder: str, names: list[str]) -> list[str]:
    """What of a folder is not copied: links, and files that are neither Python nor settings."""
    here = Path(folder)
    return [
        name
        for name in names
        if (here / name).is_symlink() or ((here / name).is_file() and not name.endswith(KEPT))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--own", type=int, default=60, help="definitions of a package")
    parser.add_argument("--keep", type=Path, help="the copies, without what was typed, stay here to be read")
    parser.add_argument("--shrink", type=int, default=0, help="definitions of a workspace for each")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, help="a line a case, to read")
    args = parser.parse_args()
    results = []
    with ProcessPoolExecutor(args.jobs) as pool:
        work = partial(collect, own=args.own, keep=args.keep, shrink=args.shrink)
        for folder, found in zip(args.folders, pool.map(work, args.folders), strict=True):
            print(f"{folder.name}: {len(found)}", file=sys.stderr)
            results += found
    save(results, args.out, args.log)


if __name__ == "__main__":
    main()
