"""Settings from texts: pure, and whatever the texts hold, an answer.

A file that cannot be read as a whole gives one problem and no settings; a wrong key or value gives a
problem on its line and the rest applies.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from canonry.config.positions import START, KeyPath, Mark, Span, key_positions, line_starts, nearest_place
from canonry.config.tree import Settings
from canonry.config.values import apply, camel, dotted, kebab

CLIENT_KEYS = frozenset(
    {
        "args",
        "cwd",
        "enable",
        "environmentVariables",
        "importStrategy",
        "interpreter",
        "path",
        "server",
        "showNotifications",
        "trace",
    }
)
"""What editors' clients keep under `canonry.` for themselves; no settings of the server."""


class SettingsFile(Enum):
    """The kinds of file that hold settings; the value is the way to them."""

    PYPROJECT = ("tool", "canonry")
    CANONRY = ()

    @property
    def file_name(self) -> str:
        """The name under which such a file is looked for."""
        return "canonry.toml" if self is SettingsFile.CANONRY else "pyproject.toml"


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """Something wrong with settings, and where it stands."""

    message: str
    """Names the key, what was expected, and what happens now."""
    range: Span = START
    """The offending key, element or line in its file; the start where there is no file."""
    key: str = ""
    """Dotted, as written: `reuse.minimum-probability`. Empty where it is about the whole file."""
    fatal: bool = False
    """Nothing of the file could be used."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What one text gave."""

    settings: Settings
    problems: tuple[SettingsProblem, ...] = ()
    present: bool = False
    """Whether the text has settings of Canonry at all."""
    table: Mapping[str, object] = field(default_factory=dict)
    """The keys and values as they are written, right or wrong."""


def read_settings(text: str, file: SettingsFile, base: Settings | None = None) -> ReadSettings:
    """The settings that `text` makes of `base` (default: the defaults), and what is wrong with it."""
    base = base or Settings()
    text = text.removeprefix("\ufeff")
    whole = _parsed(text, file)
    if isinstance(whole, SettingsProblem):
        return ReadSettings(base, (whole,))
    complaints: list[tuple[KeyPath, str]] = []

    def complain(path: KeyPath, message: str) -> None:
        complaints.append((path, message))

    table: object = whole
    for part in file.value:
        table = table.get(part) if isinstance(table, Mapping) else None
    settings = base
    if isinstance(table, Mapping):
        settings = apply(base, table, kebab, complain)
    elif table is not None:
        complain(
            (), "`tool.canonry` must be a table; it is ignored. Write `[tool.canonry]` and keys below it."
        )
    written = table if isinstance(table, Mapping) else {}
    if not complaints:
        return ReadSettings(settings, (), present=bool(table), table=written)
    places = places_of(text)
    problems = [
        SettingsProblem(message, nearest_place(places, (*file.value, *path)), dotted(path))
        for path, message in complaints
    ]
    problems.sort(key=lambda problem: (problem.range, problem.message))
    return ReadSettings(settings, tuple(problems), present=True, table=written)


def merge_editor_settings(
    settings: Settings, overrides: Mapping[str, object]
) -> tuple[Settings, tuple[SettingsProblem, ...]]:
    """`settings` with an editor's tree laid over them, and what is wrong with that tree.

    Keys are camelCase. The tree may be wrapped (`{"canonry": {...}}`, `{"settings": {...}}`, or one in
    the other), and keys may be dotted (`"reuse.minimumProbability"`). A null leaves a setting as it is,
    a table adds to the one in the file, a list replaces it.
    """
    problems: list[SettingsProblem] = []

    def complain(path: KeyPath, message: str) -> None:
        problems.append(SettingsProblem(f"Editor settings: {message}", key=dotted(path)))

    tree = {key: value for key, value in _unwrapped(overrides).items() if key not in CLIENT_KEYS}
    return apply(settings, tree, camel, complain), tuple(problems)


def unreadable(reason: str, file: SettingsFile) -> SettingsProblem:
    """The one problem of a settings file whose text cannot be had at all."""
    return SettingsProblem(
        f"`{file.file_name}` cannot be read: {reason}. Its settings do not apply until that is mended.",
        fatal=True,
    )


def decode_settings(data: bytes, file: SettingsFile) -> str | SettingsProblem:
    """The text of a settings file, or why there is none: TOML is UTF-8 without NUL bytes."""
    if b"\0" in data:
        place = data[: data.index(b"\0")].count(b"\n")
        reason = f"line {place + 1} has a NUL byte, which UTF-8 text has not"
        return replace(unreadable(reason, file), range=_line(place))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = data[: error.start].count(b"\n")
        reason = f"line {place + 1} is not UTF-8"
        return replace(unreadable(reason, file), range=_line(place))


def _line(number: int) -> Span:
    return Span(Mark(number, 0), Mark(number, 0))


def _parsed(text: str, file: SettingsFile) -> dict[str, object] | SettingsProblem:
    try:
        return tomllib.loads(text)
    except RecursionError:
        return unreadable("its values are nested too deeply", file)
    except ValueError as error:  # TOMLDecodeError is one; so is an integer of thousands of digits
        span = _error_place(str(error), text)
        what = re.sub(r" \(at [^()]*\)$", "", str(error))
        return SettingsProblem(
            f"`{file.file_name}` is not valid TOML: {what} (line {span.start.line + 1}). "
            "Its settings do not apply until that is mended.",
            span,
            fatal=True,
        )


def _error_place(message: str, text: str) -> Span:
    """The line that tomllib names, from the column it names to the line's end."""
    starts = line_starts(text)
    match = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    if match is None:
        line = max((number for number, _ in enumerate(starts) if text[starts[number] :].strip()), default=0)
        column = 0
    else:
        line = min(int(match[1]), len(starts)) - 1
        column = int(match[2]) - 1
    start = starts[line]
    end = starts[line + 1] if line + 1 < len(starts) else len(text)
    width = len(text[start:end].rstrip("\r\n"))
    return Span(Mark(line, min(column, max(width - 1, 0))), Mark(line, width))


def places_of(text: str) -> dict[KeyPath, Span]:
    """Where the keys and elements of a text that is TOML stand."""
    try:
        return key_positions(text)
    except RecursionError:  # a text that tomllib could just read; problems stand at its start
        return {}


def _unwrapped(tree: Mapping[str, object]) -> dict[str, object]:
    """The tree itself: wrappers taken off, dotted keys unfolded."""
    flat = dict(tree)
    for wrapper in ("settings", "canonry", "settings"):
        if wrapper in flat and (flat[wrapper] is None or isinstance(flat[wrapper], Mapping)):
            inner = flat.pop(wrapper)
            flat |= dict(inner) if isinstance(inner, Mapping) else {}
    unfolded: dict[str, object] = {}
    for key, value in flat.items():
        tables = key.removeprefix("canonry.").split(".")
        for table in reversed(tables[1:]):
            value = {table: value}
        known = unfolded.get(tables[0])
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            value = {**known, **value}
        unfolded[tables[0]] = value
    return unfolded
