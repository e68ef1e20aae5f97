"""Real packages with test suites that pass: fetched, each with a virtual environment of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Suite:
    """A package: where its code and its tests are, and what the tests need."""

    name: str
    version: str
    code: str
    """The folder of the package, below the unpacked source."""
    tests: tuple[str, ...]
    """What pytest is told to run."""
    needs: tuple[str, ...] = ()
    deselected: tuple[str, ...] = ()
    """Tests that fail here without any change, or take minutes."""

    @property
    def source_root(self) -> str:
        """The folder that stands on the path."""
        return self.code.rpartition("/")[0]


SUITES = (
    Suite("attrs", "26.1.0", "src/attr", ("tests",), ("hypothesis", "cloudpickle"),
          ("tests/test_converters.py::TestPipe::test_wrapped_annotation",
           "tests/test_packaging.py::TestLegacyMetadataHack")),
    Suite("boltons", "26.2.0", "boltons", ("tests",)),
    Suite("cachetools", "8.0.0", "src/cachetools", ("tests",)),
    Suite("click", "8.5.1", "src/click", ("tests",)),
    Suite("itsdangerous", "2.2.0", "src/itsdangerous", ("tests",), ("freezegun",)),
    Suite("jinja2", "3.1.6", "src/jinja2", ("tests",), ("markupsafe", "trio")),
    Suite("marshmallow", "4.4.0", "src/marshmallow", ("tests",), ("simplejson",)),
    Suite("more-itertools", "11.2.1", "more_itertools", ("tests/test_recipes.py",)),
    Suite(
        "packaging", "26.3", "src/packaging",
        ("tests/test_utils.py", "tests/test_tags.py", "tests/test_markers.py", "tests/test_requirements.py",
         "tests/test_metadata.py", "tests/test_musllinux.py", "tests/test_manylinux.py", "tests/test_elffile.py"),
        ("pretend", "hypothesis", "tomli_w"),
    ),
    Suite("sqlparse", "0.6.1", "sqlparse", ("tests",)),
    Suite("toolz", "1.2.0", "toolz", ("toolz/tests",)),
)  # fmt: skip

TOOLS = ("pytest", "ruff", "mypy")
TIMEOUT = 1800.0
"""Seconds after which a run of tests has hung, on a machine that is busy with other things too."""


@dataclass(frozen=True)
class Place:
    """A package set up in the cache folder."""

    suite: Suite
    folder: Path

    @property
    def root(self) -> Path:
        """The unpacked source: the workspace."""
        return self.folder / "source"

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.folder / "venv" / "bin" / "python"


def set_up(suite: Suite, cache: Path) -> Place:
    """Fetches, unpacks and installs what is not there yet; the source is unpacked anew each time."""
    folder = cache / f"{suite.name}-{suite.version}"
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(suite, folder.resolve())
    sdist = next(folder.glob("*.tar.gz"), None)
    if sdist is None:
        run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", suite.name,
             "-d", str(folder), f"{suite.name}=={suite.version}"])  # fmt: skip
        sdist = next(folder.glob("*.tar.gz"))
    if not place.python.exists():
        run([sys.executable, "-m", "venv", str(folder / "venv")])
        run([str(place.python), "-m", "pip", "install", "-q", *TOOLS, *suite.needs])
        # Its metadata, which some tests read; the code that runs is that of the source, which comes first.
        run([str(place.python), "-m", "pip", "install", "-q", "--no-deps", f"{suite.name}=={suite.version}"])
    shutil.rmtree(place.root, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (inner,) = (folder / "unpacked").iterdir()
    inner.rename(place.root)
    (folder / "unpacked").rmdir()
    return place


def tear_down(place: Place) -> None:
    """Ends what still runs for a package."""
    command = [
        str(place.folder / "venv/bin/dmypy"),
        "--status-file",
        str(place.folder / "dmypy.json"),
        "stop",
    ]
    subprocess.run(command, cwd=place.root, capture_output=True)


def run(command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Runs a command; its output is kept. Raises where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload,no-any-return]


def environment(place: Place) -> dict[str, str]:
    """What tests and tools run with."""
    root = place.root / place.suite.source_root
    return {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


def reach(place: Place) -> dict[str, list[str]]:
    """For each test file the functions of the package that it runs, as "path:line"; measured once."""
    kept = place.folder / "reach.json"
    if not kept.exists():
        below = place.root / place.suite.code
        extra = {"REACH_BELOW": str(below), "REACH_OUT": str(kept)}
        env = environment(place) | extra
        env["PYTHONPATH"] += os.pathsep + str(Path(__file__).parent)
        out = subprocess.run(
            [str(place.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "reach",
             *deselections(place.suite), *place.suite.tests],
            cwd=place.root, env=env, capture_output=True, text=True, timeout=900,
        )  # fmt: skip
        print(f"{place.suite.name}: {out.stdout.strip().splitlines()[-1:]}", flush=True)
    found: dict[str, list[str]] = json.loads(kept.read_text())
    return found


def deselections(suite: Suite) -> list[str]:
    """pytest's arguments for the tests that do not run."""
    return [f"--deselect={one}" for one in suite.deselected]


def test(place: Place, files: Sequence[str]) -> str:
    """Runs test files; "" where they pass, else the end of what pytest says."""
    command = [str(place.python), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly",
               *deselections(place.suite), *files]  # fmt: skip
    try:
        out = subprocess.run(
            command, cwd=place.root, env=environment(place), capture_output=True, text=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        return "took too long"
    return "" if out.returncode == 0 else out.stdout[-3000:] + out.stderr[-1000:]


def problems(place: Place, files: Sequence[Path]) -> Counter[str]:
    """What ruff (F, E9) and mypy say of files, without lines."""
    found: Counter[str] = Counter()
    names = [str(one.relative_to(place.root)) for one in files]
    ruff = subprocess.run(
        [str(place.folder / "venv/bin/ruff"), "check", "--isolated", "--no-cache", "--select", "F,E9",
         "--target-version", "py313", "--output-format", "concise", *names],
        cwd=place.root, capture_output=True, text=True,
    )  # fmt: skip
    for line in ruff.stdout.splitlines():
        if match := re.match(r"(.*?):\d+:\d+: (\S+ .*)", line):
            found[f"ruff {match[1]} {match[2]}"] += 1
    # The daemon keeps what it has read: a check takes a fraction of a second.
    mypy = subprocess.run(
        [str(place.folder / "venv/bin/dmypy"), "--status-file", str(place.folder / "dmypy.json"), "run",
         "--timeout", "3600", "--", "--config-file=", "--follow-imports=silent", "--ignore-missing-imports",
         "--no-error-summary", "--hide-error-context", "--check-untyped-defs", "--namespace-packages",
         "--explicit-package-bases", "--cache-dir", str(place.folder / "mypy"), *names],
        cwd=place.root, env=environment(place) | {"MYPYPATH": environment(place)["PYTHONPATH"]},
        capture_output=True, text=True,
    )  # fmt: skip
    for line in mypy.stdout.splitlines():
        if match := re.match(r"(.*?):\d+: (error: .*)", line):
            found[f"mypy {match[1]} {re.sub(r' on line [0-9]+', '', match[2])}"] += 1
    if mypy.returncode not in (0, 1):
        found[f"mypy failed: {mypy.stdout[-300:]}{mypy.stderr[-300:]}"] += 1
    return found
