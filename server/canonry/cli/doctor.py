"""`canonry doctor`: what a bug report needs to say of an installation and a workspace.

It is made to be pasted in public: no code, no constants, no values of variables, no names of definitions; a
setting's value only where it is a number, a truth value or codes of rules; and the home folder as `~`.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry import __version__
from canonry.cli.indexing import described, left_out
from canonry.cli.opening import chosen_root, refresh
from canonry.cli.options import cache_option, examples, root_option

if TYPE_CHECKING:
    from canonry.config import LoadedSettings
    from canonry.workspace import Workspace

FINE, WRONG = 0, 1

SAMPLE = 20
"""So many files are checked to see how long that takes, evenly from all of them."""
_SHOWN_PATHS = 3
_SHOWN_RULES = 5
_OPEN_VALUES = frozenset({"select", "ignore", "severity", "per-file-ignores"})
"""Settings whose values are codes of rules, which are everyone's."""
_NAME = re.compile(r"[\w.-]+")
_VARIABLES = ("PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "XDG_CACHE_HOME", "NO_COLOR")
"""Variables that change what happens; it is said whether they are set, not to what."""


@click.command(
    short_help="Describe this installation and a workspace, for a bug report.",
    epilog=examples("""
        canonry doctor
        canonry doctor --root ~/work/service > report.txt
    """),
)
@root_option
@cache_option
def doctor(root: Path | None, cache: Path | None) -> None:
    """Describe versions, settings, index, skipped files and timings, to be pasted into a bug report.

    It has no code, no constants and no values of variables, and your home folder reads `~`. Brings the index
    up to date as a check does. Exits with 0, or 1 where something is not as it should be.
    """
    report = _Report(Path.home())
    _installation(report)
    _workspace(report, chosen_root(root), cache)
    report.section("To look at")
    for problem in report.problems or ["nothing: all is as it should be"]:
        report.say(problem)
    sys.exit(WRONG if report.problems else FINE)


@dataclass
class _Report:
    """Prints lines as they are known, so that what hangs shows where; keeps what is wrong for the end."""

    home: Path
    problems: list[str] = field(default_factory=list)

    def section(self, title: str) -> None:
        click.echo(f"## {title}")

    def say(self, text: str) -> None:
        click.echo(f"- {self._shortened(text)}")

    def wrong(self, text: str) -> None:
        self.problems.append(text)

    def _shortened(self, text: str) -> str:
        text = os.fsencode(text).decode("utf-8", "replace")
        home = str(self.home)
        return text.replace(home, "~") if len(home) > 1 else text


def _installation(report: _Report) -> None:
    report.section("Installation")
    report.say(f"canonry {__version__}")
    report.say(f"Python {platform.python_version()} ({platform.python_implementation()}), {sys.executable}")
    encoding = f"file names {sys.getfilesystemencoding()}, output {sys.stdout.encoding}"
    report.say(f"{platform.platform()}, {os.cpu_count()} processors, {encoding}")
    report.say(", ".join(_dependencies(report)))
    given = [name for name in _VARIABLES if os.environ.get(name)]
    report.say(f"set: {', '.join(given) or 'none'} (of {', '.join(_VARIABLES)})")


def _dependencies(report: _Report) -> Iterator[str]:
    """The installed version of each direct dependency."""
    for requirement in metadata.requires("canonry") or ():
        name = _NAME.match(requirement)[0]  # type: ignore[index]  # it is a requirement's first part
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            report.wrong(f"{name} is not installed: install Canonry again")
            yield f"{name} missing"


def _workspace(report: _Report, root: Path, cache: Path | None) -> None:
    from canonry.config import load_settings

    report.section("Workspace")
    report.say(f"{root}{' (git)' if (root / '.git').exists() else ''}")
    loaded = load_settings(root)
    _settings(report, loaded, root)
    if not loaded.usable:
        return
    from canonry.workspace import Workspace

    timings = _Timings()
    with timings.of("index opened"):
        workspace = Workspace(root, cache=cache)
    try:
        before = workspace.status()
        with timings.of("index brought up to date"):
            refresh(workspace)
        _rules(report, workspace)
        _index(report, workspace, before.files)
        _skipped(report, workspace)
        _timings(report, workspace, timings)
    finally:
        workspace.shutdown()


def _settings(report: _Report, loaded: LoadedSettings, root: Path) -> None:
    from canonry.config.described import described as settings_described
    from canonry.reports.paths import shown_path

    found = loaded.source
    if found is None and not loaded.problems:
        report.say("settings: none, the defaults")
    elif found is not None:
        source, text, kind = found
        for one in settings_described(loaded.settings, text, kind, loaded.problems.get(source, ())):
            if one.place is not None:
                value = _public(loaded.settings, one.key, one.value)
                report.say(f"{one.key}: {value} ({shown_path(source, root)}:{one.place.start.line + 1})")
    if not loaded.usable:
        for path in sorted(loaded.problems):
            report.wrong(f"{shown_path(path, root)} cannot be read; `canonry config` says why")


def _public(settings: object, key: str, shown: str) -> str:
    """What may be said of a setting's value."""
    value = settings
    for part in key.split("."):
        value = getattr(value, part.replace("-", "_"))
    if isinstance(value, bool | int | float) or key in _OPEN_VALUES:
        return shown
    if isinstance(value, str):
        return "given"
    return f"{len(value)} given" if isinstance(value, tuple | Mapping) else "given"


def _rules(report: _Report, workspace: Workspace) -> None:
    from canonry.reports.paths import shown_path
    from canonry.rules.base import all_rules
    from canonry.scopes.decisions import is_on

    off = [
        rule.code
        for rule in all_rules()
        if not is_on(workspace.settings, rule.code, rule.name, "", rule.default)
    ]
    report.say(f"rules: {len(all_rules()) - len(off)} on, off: {', '.join(off) or 'none'}")
    for path, findings in sorted(workspace.settings_findings().items()):
        for one in findings:
            # Not the message: it quotes what is written there.
            place = f"{shown_path(path, workspace.root)}:{one.range.start.line + 1}"
            report.wrong(f"{place}: something is not used ({one.code}); `canonry check` says what")
    services = workspace.services()
    how = "declared" if services.declared else "detected"
    report.say(f"services: {len(services.names())} {how}" if services.names() else "services: none")


def _index(report: _Report, workspace: Workspace, before: int) -> None:
    report.section("Index")
    state = workspace.status()
    report.say(f"{state.location}")
    report.say(f"{described(workspace)} ({before:,} files when it was opened)")
    if state.problem:
        report.say(state.problem)
        report.wrong("the index is not kept between runs (see above), so each one begins anew")
    if not state.files:
        report.wrong("no Python file is indexed: see what is skipped, and the setting `exclude`")


def _skipped(report: _Report, workspace: Workspace) -> None:
    from canonry.reports.paths import shown_path

    report.section("Skipped")
    left = left_out(workspace)
    by_reason: dict[str, list[str]] = {}
    for path, reason in left.skipped.items():
        by_reason.setdefault(reason, []).append(shown_path(path, workspace.root))
    for reason, paths in sorted(by_reason.items(), key=lambda one: (-len(one[1]), one[0])):
        more = ", ..." if len(paths) > _SHOWN_PATHS else ""
        report.say(f"{len(paths):,} files: {reason} ({', '.join(paths[:_SHOWN_PATHS])}{more})")
    if not by_reason:
        report.say("nothing")
    if left.waiting:
        report.wrong(f"{left.waiting:,} files are still not in the index")


@dataclass
class _Timings:
    """Seconds of what has been done."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[what] = time.perf_counter() - started


def _timings(report: _Report, workspace: Workspace, timings: _Timings) -> None:
    from canonry.index.discovery import discover

    report.section("Timings")
    with timings.of("files looked for"):
        discover(workspace.root, workspace.settings)
    for what, seconds in timings.seconds.items():
        report.say(f"{what}: {seconds:.2f} s")
    files = workspace.files()
    sample = files[:: max(1, len(files) // SAMPLE)][:SAMPLE]
    profile: dict[str, float] = {}
    took: list[float] = []
    for path in sample:
        started = time.perf_counter()
        try:
            workspace.check(path, profile=profile)
        except OSError as error:
            report.wrong(f"a file cannot be read: {error.strerror}")
            continue
        took.append((time.perf_counter() - started) * 1000)
    if took:
        first, *rest = took
        report.say(f"first file checked: {first:.0f} ms (with what is made once for all files)")
        if rest:
            median, most = statistics.median(rest), max(rest)
            report.say(f"{len(rest)} more files checked: median {median:.0f} ms, most {most:.0f} ms")
        whole = sum(profile.values()) or 1.0
        ranked = sorted(profile.items(), key=lambda one: -one[1])[:_SHOWN_RULES]
        slowest = [f"{code} {spent / whole:.0%}" for code, spent in ranked]
        report.say(f"slowest rules: {', '.join(slowest)}")
