"""Values as they come from TOML or JSON -> values of the types in the settings tree.

Every wrong value becomes a complaint, the setting keeps what it had, and the rest still applies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from types import UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from canonry.config.globs import parse_glob
from canonry.config.positions import KeyPath
from canonry.config.tree import CODE, ID, Canonical

S = TypeVar("S")

Complain = Callable[[KeyPath, str], None]
Spelling = Callable[[str], str]
"""How a field's name is written by the source: `kebab` or `camel`."""

Hint: TypeAlias = Any
"""A type as annotations have it: a class, `tuple[str, ...]`, `Mapping[str, str]`, `date | None`."""

WRONG = object()
"""A value that could not be used; what was wrong with it has been said."""


def kebab(name: str) -> str:
    """`minimum_probability` -> `minimum-probability`, as in TOML."""
    return name.replace("_", "-")


def camel(name: str) -> str:
    """`minimum_probability` -> `minimumProbability`, as in editors."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def apply(settings: S, table: Mapping[str, object], spelling: Spelling, complain: Complain) -> S:
    """`settings` (a dataclass) with what `table` says; each wrong or unknown key is complained of."""
    return _applied(settings, table, _Place(spelling, complain))


def unknown_key(key: str, path: KeyPath, known: Iterable[str]) -> str:
    """What to say of a key that no setting has, with the nearest one that exists."""
    names = list(known)
    place = f" in `{dotted(path)}`" if path else ""
    nearest = _nearest(key, names)
    if nearest is not None:
        return f"Unknown setting `{key}`{place}: did you mean `{nearest}`? It is ignored."
    return f"Unknown setting `{key}`{place}; it is ignored. Known here: {', '.join(sorted(names))}."


def dotted(path: KeyPath) -> str:
    """A key path as one writes it: `accepted[0].reason`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def table_at(data: object, *keys: str) -> Mapping[str, object]:
    """The table at the end of the keys; an empty one where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _nearest(key: str, names: list[str]) -> str | None:
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        key.replace("_", "-"), names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return None if found is None else str(found[0])


@dataclass(frozen=True)
class _Place:
    """A place in the tree that is read: how keys are spelt, where it is, and how to complain of it."""

    spelling: Spelling
    complain: Complain
    path: KeyPath = ()

    def down(self, part: str | int) -> _Place:
        return _Place(self.spelling, self.complain, (*self.path, part))

    def say(self, message: str) -> None:
        self.complain(self.path, message)

    def ignore(self, why: str) -> object:
        self.say(f"`{dotted(self.path)}` {why}; it is ignored.")
        return WRONG

    def refuse(self, value: object, expected: str) -> object:
        return self.ignore(f"must be {expected}, not {_shown(value)}")


def _known(cls: type, spelling: Spelling) -> dict[str, tuple[Field[Any], Hint]]:
    """The fields of a dataclass and their types, by the key that a source gives each."""
    hints = get_type_hints(cls)
    return {spelling(spec.name): (spec, hints[spec.name]) for spec in fields(cls)}


def _given(
    table: Mapping[str, object], cls: type, current: object, place: _Place
) -> Iterator[tuple[Field[Any], object]]:
    """The fields that a table names, each with its value or WRONG. A table adds to what `current` has."""
    known = _known(cls, place.spelling)
    for key, value in table.items():
        if key not in known:
            place.down(key).say(unknown_key(key, place.path, known))
        elif value is not None:  # editors send null for what is not set
            spec, hint = known[key]
            yield spec, _converted(value, hint, spec, getattr(current, spec.name, None), place.down(key))


def _applied(settings: S, table: Mapping[str, object], place: _Place) -> S:
    changes = {
        spec.name: value
        for spec, value in _given(table, type(settings), settings, place)
        if value is not WRONG
    }
    return replace(settings, **changes) if changes else settings  # type: ignore[type-var]


def _converted(value: object, hint: Hint, spec: Field[Any], current: object, place: _Place) -> object:
    """`value` as a setting's type wants it, or WRONG."""
    if is_dataclass(hint) and isinstance(value, Mapping):
        return _applied(current, value, place)
    if _origin(hint) is Mapping and isinstance(value, Mapping):
        return {**(current if isinstance(current, Mapping) else {}), **_entries(value, hint, spec, place)}
    return _element(value, hint, spec, place)


def _entries(value: Mapping[str, object], hint: Hint, spec: Field[Any], place: _Place) -> dict[str, object]:
    """The usable entries of a table whose keys are the user's own."""
    inner = get_args(hint)[1]
    if inner is object:
        return dict(value)
    converted: dict[str, object] = {}
    for key, entry in value.items():
        here = place.down(key)
        if _well_formed(key, spec.metadata.get("keys", ""), here):
            wanted = [entry] if _origin(inner) is tuple and isinstance(entry, str) else entry
            converted[key] = _element(wanted, inner, spec, here)
    return {key: entry for key, entry in converted.items() if entry is not WRONG}


def _element(value: object, hint: Hint, spec: Field[Any], place: _Place) -> object:
    """A value that stands alone: an entry of a list or table, or a setting that replaces its default."""
    if is_dataclass(hint):
        if hint is Canonical and isinstance(value, str):
            value = {"symbol": value}
        return _record(value, hint, place) if isinstance(value, Mapping) else place.refuse(value, "a table")
    if _origin(hint) is Mapping:
        return (
            _entries(value, hint, spec, place)
            if isinstance(value, Mapping)
            else place.refuse(value, "a table")
        )
    if _origin(hint) is tuple:
        inner = get_args(hint)[0]
        if spec.metadata.get("single") and isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            return place.refuse(value, f"a list of {_plural(inner)}")
        entries = (_element(entry, inner, spec, place.down(index)) for index, entry in enumerate(value))
        return tuple(entry for entry in entries if entry is not WRONG)
    return _scalar(value, hint, spec, place)


def _record(table: Mapping[str, object], cls: Any, place: _Place) -> object:  # noqa: ANN401
    """An entry that is a dataclass of its own: what it requires must be there, and right."""
    given = dict(_given(table, cls, None, place))
    required = [spec for spec in fields(cls) if spec.default is MISSING and spec.default_factory is MISSING]
    if any(given.get(spec) is WRONG for spec in required):
        return WRONG
    missing = [f"`{place.spelling(spec.name)}`" for spec in required if not given.get(spec)]
    if missing:
        return place.ignore(f"needs {' and '.join(missing)}")
    return cls(**{spec.name: value for spec, value in given.items() if value is not WRONG})


def _origin(hint: Hint) -> object:
    """`tuple` of `tuple[str, ...]`, typed so that it may be compared with anything."""
    return get_origin(hint)


def _scalar(value: object, hint: Hint, spec: Field[Any], place: _Place) -> object:
    if _origin(hint) is UnionType:  # date | None
        hint = get_args(hint)[0]
    if hint is date:
        return _date(value, place)
    kinds: Hint = (int, float) if hint is float else hint
    if not isinstance(value, kinds) or (isinstance(value, bool) and hint is not bool):
        return place.refuse(value, _expected(hint, spec))
    minimum, maximum = spec.metadata.get("minimum"), spec.metadata.get("maximum")
    if minimum is not None and not minimum <= value <= maximum:
        return place.refuse(value, _expected(hint, spec))
    choices = spec.metadata.get("choices")
    if choices and value not in choices:
        return place.refuse(value, f"one of {', '.join(choices)}")
    if isinstance(value, str) and not _well_formed(value, spec.metadata.get("syntax", ""), place):
        return WRONG
    return float(value) if hint is float else value


def _date(value: object, place: _Place) -> object:
    if isinstance(value, str):
        with suppress(ValueError):  # said below, with the value
            value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.date()
    return value if isinstance(value, date) else place.refuse(value, "a date such as 2030-12-31")


def _well_formed(text: str, syntax: str, place: _Place) -> bool:
    """Whether a string reads as its setting wants it; what is wrong with it is complained of."""
    wrong = ""
    if not text and syntax in ("code", "glob", "id"):
        wrong = "is empty"
    elif syntax == "id" and not re.fullmatch(ID, text):
        wrong = f"must be words in small letters with `-` between them, not {_shown(text)}"
    elif syntax == "code" and not re.fullmatch(CODE, text):
        wrong = (
            f"must be a code (CN001), the beginning of one (CN1), a rule's name or ALL, not {_shown(text)}"
        )
    elif syntax == "regex":
        try:
            re.compile(text)
        except re.error as error:
            wrong = f"is not a regular expression ({error})"
    elif syntax == "glob":
        parsed = parse_glob(text)
        if isinstance(parsed, str):
            wrong = f"is not a glob: {parsed}"
        elif ".." in text.split("/"):
            wrong = "leads out of the workspace"
    elif (syntax == "path" or (syntax == "environment" and place.spelling is kebab)) and leaves(text):
        wrong = "leads out of the workspace"
    if wrong:
        place.ignore(wrong)
    return not wrong


def leaves(path: str) -> bool:
    """Whether a path of the settings names something that is not below the workspace."""
    parts = path.replace("\\", "/").split("/")
    depth = 0
    for part in parts:
        depth += (part not in ("", ".")) - 2 * (part == "..")
        if depth < 0:
            return True
    # Absolute, the home folder, a drive of Windows.
    return path.startswith(("/", "\\", "~")) or parts[0][1:2] == ":"


def _expected(hint: Hint, spec: Field[Any]) -> str:
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}[hint]
    minimum, maximum = spec.metadata.get("minimum"), spec.metadata.get("maximum")
    return words if minimum is None else f"{words} from {minimum} to {maximum}"


def _plural(hint: Hint) -> str:
    if hint is str:
        return "strings"
    if _origin(hint) is tuple:
        return "lists of strings"
    return "tables"


def _shown(value: object) -> str:
    """A value in a message: its kind, and itself where that is short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the string "{value}"' if len(value) <= 40 else f'the string "{value[:40]}…"'
    if isinstance(value, int | float):
        return f"{value}"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return f"a {type(value).__name__}"
