"""The tree of settings: for each one its name, type, default and documentation.

A setting is called `minimum_probability` here, `minimum-probability` in TOML and
`minimumProbability` in editors. What this file says is all there is: reading, checking, the
editors' schema and the settings page are derived from the types and the metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")

SEVERITIES = ("error", "warning", "information", "hint", "off")

REQUIRED: Any = object()
"""In place of a default: the setting must be given."""

ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""The name that a team gives: it must not be taken for a code."""
CODE = r"ALL|CN\d{0,3}|[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""A rule's code, the beginning of one (`CN1`), a rule's or a group's name, or ALL."""


def setting(
    default: T | Callable[[], T],
    doc: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
    syntax: str = "",
    keys: str = "",
    single: bool = False,
) -> T:
    """A dataclass field with its documentation and the limits of its value.

    `default` is the value, or a function that makes it where it is mutable. `syntax` names how
    each string must read: `glob` (as in .gitignore), `regex`, `code`, `id`, `path` (in the workspace), or
    `environment` (as well, but the editor's may be anywhere); `keys` does so for a table's keys.
    `single`: one string may stand without its list. REQUIRED is no default.
    """
    metadata = {
        "doc": doc,
        "minimum": minimum,
        "maximum": maximum,
        "choices": choices,
        "syntax": syntax,
        "keys": keys,
        "single": single,
    }
    made: T
    if default is REQUIRED:
        made = field(metadata=metadata)
    elif callable(default):
        made = field(default_factory=default, metadata=metadata)
    else:
        made = field(default=default, metadata=metadata)
    return made


@dataclass(frozen=True)
class ReuseSettings:
    """What counts as a definition that exists already."""

    minimum_probability: float = setting(
        0.4,
        "Findings are shown from this probability on that a new definition does again what an existing "
        "one does. 0 shows the best candidates of every new definition.",
        minimum=0,
        maximum=1,
    )
    minimum_lines: int = setting(
        3,
        "Definitions whose body has fewer lines are no findings. What is still being typed, and is not on "
        "disk yet, is compared with those that have enough.",
        minimum=1,
        maximum=1000,
    )
    exclude: tuple[str, ...] = setting(
        (),
        "Path globs (`scripts/**`) or globs of qualified names (`app.legacy.*`) of definitions that are "
        "neither findings nor offered.",
    )
    across_services: bool = setting(
        False,
        "Whether another service's private code is offered as well. Shared folders always are, and what a "
        "detected service is built upon.",
    )


@dataclass(frozen=True)
class Accepted:
    """Definitions that may do the same, and why."""

    symbols: tuple[str, ...] = field(
        metadata={"doc": "The qualified names of the definitions, `*` for any part."}
    )
    reason: str = field(metadata={"doc": "Why they may stand side by side."})
    until: date | None = field(
        default=None, metadata={"doc": "The last day of the acceptance; without it there is none."}
    )


@dataclass(frozen=True)
class Canonical:
    """The symbol that owns a concept."""

    symbol: str = field(metadata={"doc": "Its qualified name."})
    supersedes: tuple[str, ...] = setting((), "Qualified names that it replaces, `*` for any part.")


@dataclass(frozen=True)
class TeamPattern:
    """Code that the team does not want, and what to write in its place."""

    id: str = setting(
        REQUIRED,
        "Its name in findings, comments and settings: words in small letters, `-` between.",
        syntax="id",
    )
    message: str = setting(REQUIRED, "What a finding says.")
    pattern: str = setting(
        REQUIRED, "The code, as ast-grep has it: `$NAME` is anything, `$$$NAME` any number."
    )
    inside: tuple[str, ...] = setting(
        (), "Patterns or kinds of nodes (`for_statement`); it stands inside one of them.", single=True
    )
    not_inside: tuple[str, ...] = setting((), "It stands inside none of these.", single=True)
    files: tuple[str, ...] = setting(
        (), "Globs of the files in which it counts; none: all.", syntax="glob", single=True
    )
    severity: str = setting("warning", "The severity of its findings.", choices=SEVERITIES)
    fix: str = setting("", "What takes its place, with the same names; none: nothing is offered.")


@dataclass(frozen=True)
class ConfigSettings:
    """How the project reads its own configuration."""

    modules: tuple[str, ...] = setting(
        (), "Modules where the environment may be read; detected where there is none.", syntax="glob"
    )
    distinct: tuple[tuple[str, ...], ...] = setting(
        (), "Groups of environment variables that look alike and are meant to be distinct."
    )
    suffixes: tuple[str, ...] = setting((), "Suffixes that names of environment variables may take.")


@dataclass(frozen=True)
class SuiteSettings:
    """What a test module is."""

    files: tuple[str, ...] = setting(
        ("test_*.py", "*_test.py"), "Globs of the names of test modules.", syntax="glob"
    )


@dataclass(frozen=True)
class DebtSettings:
    """How debt is recorded."""

    tracker: str = setting(
        "", "A regular expression of the tracker's ids; a TODO that has one is in order.", syntax="regex"
    )


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, with its defaults."""

    include: tuple[str, ...] = setting(
        ("**/*.py",), "Which files are indexed, as globs of .gitignore's kind.", syntax="glob"
    )
    exclude: tuple[str, ...] = setting(
        (),
        "Files and folders that are not indexed, besides those of .gitignore, virtual environments, build "
        "folders, vendored and generated code.",
        syntax="glob",
    )
    respect_gitignore: bool = setting(True, "Whether what git ignores is not indexed.")
    source_roots: tuple[str, ...] = setting(
        (), "Folders that stand on Python's import path; detected where there is none.", syntax="path"
    )
    max_file_size: int = setting(
        1_000_000,
        "Files of more bytes are skipped and named by `canonry index status`.",
        minimum=1,
        maximum=100_000_000,
    )
    select: tuple[str, ...] = setting(
        (), "Rules that are on: codes, groups or names. Empty: the default rules.", syntax="code"
    )
    ignore: tuple[str, ...] = setting((), "Rules that are off: codes, groups or names.", syntax="code")
    severity: Mapping[str, str] = setting(
        dict, "The severity of a rule or a group of rules.", choices=SEVERITIES, keys="code"
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = setting(
        dict, "Rules that are off in the files that a glob names.", syntax="code", keys="glob"
    )
    reuse: ReuseSettings = field(
        default_factory=ReuseSettings, metadata={"doc": "What counts as a definition that exists already."}
    )
    accepted: tuple[Accepted, ...] = setting(
        (), "Definitions that may do the same, each group with its reason."
    )
    baseline: str = setting("", "A file of findings that are known and not shown.", syntax="path")
    environment: str = setting(
        "",
        "The folder of the virtual environment whose installed packages may be used. In a file it lies in "
        "the workspace; the editor's may be anywhere.",
        syntax="environment",
    )
    lessons: tuple[str, ...] = setting(
        (), "Markdown files with the lessons that the team has learned.", syntax="glob"
    )
    absolute_imports: bool = setting(False, "Whether relative imports are findings.")
    services: Mapping[str, tuple[str, ...]] = setting(
        dict,
        "The folders of each service. `shared` is reserved: everyone may import it. Detected where there is "
        "none.",
        syntax="path",
    )
    allowed_imports: Mapping[str, tuple[str, ...]] = setting(
        dict, "For a service the others that it may import."
    )
    canonical: Mapping[str, Canonical] = setting(dict, "For a concept the symbol that owns it.")
    config: ConfigSettings = field(
        default_factory=ConfigSettings, metadata={"doc": "How the project reads its own configuration."}
    )
    tests: SuiteSettings = field(default_factory=SuiteSettings, metadata={"doc": "What a test module is."})
    debt: DebtSettings = field(default_factory=DebtSettings, metadata={"doc": "How debt is recorded."})
    code_lens: bool = setting(
        False,
        "Whether a line above each definition says how many modules use it and how many others are like it.",
    )
    pattern: tuple[TeamPattern, ...] = setting(
        (), "Code that the team does not want: a table for each, found by its form ([patterns](patterns.md))."
    )
