"""What is wrong with settings files: what cannot be read, and what names nothing in the workspace.

Only what the file itself says is judged, not what an editor lays over it. `exclude` and `reuse.exclude` may
name what is not there (it may come with the next build), and so may names of files without a folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from canonry.config import SETTINGS_FILES, Globs, LoadedSettings, Settings, Span, Written
from canonry.config.positions import START, KeyPath
from canonry.model import Finding, Position, Range, Severity, Tag
from canonry.rules.base import Rule, all_rules
from canonry.rules.useless_ignore import UselessIgnore
from canonry.scopes.decisions import has_ended, is_on, means, severity_of
from canonry.scopes.lessons import Lessons, is_lesson_file
from canonry.scopes.patterns import problems
from canonry.scopes.services import SHARED
from canonry.workspace.audit import Used
from canonry.workspace.surveying import Survey

CODE, NAME = "CN901", "invalid-setting"
_WILD = re.compile(r"[*?\[]")

Told = tuple[KeyPath, str]
"""What a message is about, and the message."""


@dataclass(frozen=True)
class Known:
    """What a workspace has, once it is indexed."""

    paths: Sequence[str]
    """Every indexed file, relative, with `/`."""
    survey: Survey
    text_of: Callable[[str], str]
    """The text of an indexed file. Raises OSError or ValueError."""


def settings_findings(
    root: Path, loaded: LoadedSettings, lessons: Lessons, known: Known | None, used: Used | None
) -> dict[Path, tuple[Finding, ...]]:
    """The findings of each settings file, and of files that they name.

    `known`: None until the workspace is indexed; `used`: None where it was not checked as a whole.
    """
    found: dict[Path, list[Finding]] = {root / name: [] for name in SETTINGS_FILES}
    for path, some in loaded.problems.items():
        found[path] = [_finding(path, one.range, one.message, Severity.ERROR) for one in some]
    for name, why in lessons.unreadable:
        message = f"This file of lessons cannot be read: {why}."
        found[root / name] = [_finding(root / name, START, message, Severity.WARNING)]
    written = loaded.written
    if written is not None:
        settings = written.settings
        told = [(Severity.ERROR, one) for one in (*_patterns(written), *_codes(settings, written))]
        dead = [*_dead(root, settings, lessons, written)]
        if known is not None:
            dead += [*_files(settings, known, written), *_symbols(settings, known, written)]
            dead += _services(settings, known, written)
        told += [(Severity.WARNING, one) for one in dead]
        found[written.path] += [
            _finding(written.path, written.place(path), message, severity)
            for severity, (path, message) in told
        ]
        if is_on(loaded.settings, UselessIgnore.code, UselessIgnore.name, written.path.name):
            severity = severity_of(
                loaded.settings, UselessIgnore.code, UselessIgnore.name, UselessIgnore.severity
            )
            found[written.path] += [
                replace(
                    _finding(written.path, written.place(path), message, severity or UselessIgnore.severity),
                    code=UselessIgnore.code,
                    name=UselessIgnore.name,
                    tags=(Tag.UNNECESSARY,),
                )
                for path, message in _useless(loaded.settings, written, known, used)
            ]
    return {
        path: tuple(sorted(held, key=lambda one: (one.range, one.message))) for path, held in found.items()
    }


def _finding(path: Path, place: Span, message: str, severity: Severity) -> Finding:
    start, end = place.start, place.end
    range = Range(Position(start.line, start.column), Position(end.line, end.column))
    return Finding(CODE, NAME, message, severity, path, range)


# What cannot be used


def _patterns(written: Written) -> Iterator[Told]:
    patterns = written.settings.pattern
    for at, key, message in problems(patterns):
        path = written.element(("pattern",), patterns[at].id)
        if key == "id":  # the second of the two
            tables = written.table.get("pattern")
            ids = [one.get("id") for one in tables] if isinstance(tables, list) else []
            path = ("pattern", len(ids) - 1 - ids[::-1].index(patterns[at].id))
        yield (*path, key), message


def _codes(settings: Settings, written: Written) -> Iterator[Told]:
    """Codes and names of rules that there are not."""
    rules = all_rules()
    codes = (*(rule.code for rule in rules), CODE)
    names = {"ALL", NAME, *(rule.name for rule in rules), *(one.id for one in settings.pattern)}

    def missing(code: str) -> str:
        if code in names or any(one.startswith(code) for one in codes):
            return ""
        return f"No rule is called `{code}`. `canonry rules` lists them."

    for key, some in (("select", settings.select), ("ignore", settings.ignore)):
        for code in some:
            if message := missing(code):
                yield written.element((key,), code), message
    for code in settings.severity:
        if message := missing(code):
            yield ("severity", code), message
    for glob, some in settings.per_file_ignores.items():
        for code in some:
            if message := missing(code):
                yield written.element(("per-file-ignores", glob), code), message


# What is not there


def _dead(root: Path, settings: Settings, lessons: Lessons, written: Written) -> Iterator[Told]:
    """Paths and globs that name nothing on disk."""
    for glob in settings.lessons:
        if not glob.startswith("!") and not any(is_lesson_file(path, (glob,)) for path in lessons.files):
            yield written.element(("lessons",), glob), f"No file is named by `{glob}`."
    for folder in settings.source_roots:
        if not (root / folder).is_dir():
            yield written.element(("source-roots",), folder), f"There is no folder `{folder}`."
    for name, folders in settings.services.items():
        for folder in folders:
            if not (root / folder.strip("/")).is_dir():
                message = f"There is no folder `{folder}`; `{name}` has no files there."
                yield written.element(("services", name), folder), message
    if settings.environment and not (root / settings.environment).is_dir():
        yield ("environment",), f"There is no folder `{settings.environment}`."


def _files(settings: Settings, known: Known, written: Written) -> Iterator[Told]:
    """Globs that name no indexed file."""

    def names_nothing(glob: str) -> bool:
        return not glob.startswith("!") and not any(map(Globs([glob]).covers, known.paths))

    for glob in settings.include:
        if "/" in glob.removeprefix("**/") and names_nothing(glob):
            yield written.element(("include",), glob), f"No Python file is named by `{glob}`."
    for glob in settings.per_file_ignores:
        if names_nothing(glob):
            yield ("per-file-ignores", glob), f"No indexed file is named by `{glob}`; nothing is ignored."
    for glob in settings.config.modules:
        if names_nothing(glob):
            yield written.element(("config", "modules"), glob), f"No indexed file is named by `{glob}`."
    for pattern in settings.pattern:
        for glob in pattern.files:
            if names_nothing(glob):
                path = (*written.element(("pattern",), pattern.id), "files")
                message = f"No indexed file is named by `{glob}`; `{pattern.id}` is found nowhere there."
                yield written.element(path, glob), message


def _services(settings: Settings, known: Known, written: Written) -> Iterator[Told]:
    """Names of services that there are not."""
    names = {*known.survey.services.names(), SHARED}
    for name, others in settings.allowed_imports.items():
        if name not in names:
            yield ("allowed-imports", name), f"There is no service `{name}`. `canonry scopes` lists them."
        for other in others:
            if other not in names:
                message = f"There is no service `{other}`. `canonry scopes` lists them."
                yield written.element(("allowed-imports", name), other), message


def _symbols(settings: Settings, known: Known, written: Written) -> Iterator[Told]:
    """Names of definitions that there are not."""
    for concept, one in settings.canonical.items():
        if not _exists(one.symbol, known):
            path: KeyPath = ("canonical", concept)
            if isinstance(_at(written.table, path), Mapping):
                path = (*path, "symbol")
            yield path, f"`{one.symbol}` is not in the workspace."
        for old in one.supersedes:
            if not _exists(old, known):
                path = written.element(("canonical", concept, "supersedes"), old)
                yield path, f"`{old}` is not in the workspace (any more); nothing is superseded by this."
    for group in settings.accepted:
        table = written.element(("accepted",), list(group.symbols))
        for symbol in group.symbols:
            if not _exists(symbol, known):
                path = written.element((*table, "symbols"), symbol)
                yield path, f"`{symbol}` is not in the workspace (any more); nothing is accepted by this."


# What takes back nothing


def _useless(settings: Settings, written: Written, known: Known | None, used: Used | None) -> Iterator[Told]:
    """Entries that are of no use. Of rules that are off nobody knows what they would find."""
    today = date.today()
    everywhere = replace(settings, per_file_ignores={})

    def judged(rules: Sequence[Rule]) -> bool:
        """Whether all of some rules are on that are so by default, and any is."""
        states = {
            is_on(everywhere, rule.code, name, "", rule.default)
            for rule in rules
            for name in rule.names(settings)
            if rule.default or is_on(everywhere, rule.code, name, "", False)
        }
        return states == {True}

    for group in written.settings.accepted:
        path = written.element(("accepted",), list(group.symbols))
        if has_ended(group, today):
            yield path, f"This has ended on {group.until}; nothing is accepted by it any more."
            continue
        if used is None or known is None or group in used.accepted or not judged(_ACCEPTING):
            continue
        if all(_exists(one, known) for one in group.symbols):
            yield path, "Nothing is accepted by this: no finding is about two of these definitions."
    if used is None or known is None:
        return
    for glob, codes in written.settings.per_file_ignores.items():
        files = Globs([glob])
        if not any(map(files.covers, known.paths)):
            continue
        for code in codes:
            rules = [
                rule
                for rule in all_rules()
                if any(means(code, rule.code, name) for name in rule.names(settings))
            ]
            if (glob, code) not in used.ignores and judged(rules):
                path = written.element(("per-file-ignores", glob), code)
                yield path, f"No finding of {code} in `{glob}` is ignored by this."


_ACCEPTING = tuple(rule for rule in all_rules() if rule.code in ("CN001", "CN002"))
"""The rules that ask what is accepted."""


def _at(table: object, path: KeyPath) -> object:
    for part in path:
        table = table.get(part) if isinstance(table, Mapping) and isinstance(part, str) else None
    return table


def _exists(dotted: str, known: Known) -> bool:
    """Whether something may be named so. What another distribution has is not known, and may be."""
    survey = known.survey
    if not _WILD.search(dotted):
        return _is_there(dotted, known)
    last = dotted.rpartition(".")[2]
    if not _WILD.search(last):
        return any(fnmatchcase(one.qualified_name, dotted) for one in survey.definitions_named(last))
    owner = _WILD.split(dotted)[0].rpartition(".")[0]
    return not owner or _is_there(owner, known)


def _is_there(dotted: str, known: Known) -> bool:
    survey = known.survey
    if survey.definition(dotted) is not None:
        return True
    place = survey.module_at(dotted)
    if place is None or not place[1]:
        # A package without an `__init__` is no module; one that has no file here is somebody else's.
        folder = dotted.replace(".", "/")
        head = dotted.partition(".")[0]
        here = any(
            f"/{path}".find(f"/{head}/") >= 0 or f"/{path}".endswith(f"/{head}.py") for path in known.paths
        )
        return place is not None or not here or any(f"/{folder}/" in f"/{path}" for path in known.paths)
    # Variables are no definitions; their names stand in the text.
    last = dotted.rpartition(".")[2]
    try:
        return re.search(rf"\b{re.escape(last)}\b", known.text_of(place[0])) is not None
    except (OSError, ValueError):
        return True
