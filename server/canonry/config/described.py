"""The settings in force, each with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from canonry.config.positions import KeyPath, Span, key_positions
from canonry.config.reading import SettingsFile, SettingsProblem
from canonry.config.tree import Settings
from canonry.config.values import dotted, kebab


@dataclass(frozen=True, slots=True)
class Told:
    """One setting: its dotted key, its value as TOML, and the place that sets it; None for the default."""

    key: str
    value: str
    place: Span | None


def described(
    settings: Settings, text: str, file: SettingsFile, problems: Iterable[SettingsProblem] = ()
) -> tuple[Told, ...]:
    """Every setting in the order of the tree. `text` is the file that they come from, "" for none; what it
    says wrongly, by `problems`, comes from the default.
    """
    prefix = file.value
    refused = {one.key for one in problems}
    places = {
        path[len(prefix) :]: span
        for path, span in (key_positions(text).items() if text else ())
        if dotted(path[len(prefix) :]) not in refused
    }
    return tuple(_described(settings, (), places))


def _described(node: Any, path: KeyPath, places: Mapping[KeyPath, Span]) -> Iterator[Told]:  # noqa: ANN401
    for spec in fields(node):
        value, key = getattr(node, spec.name), (*path, kebab(spec.name))
        if is_dataclass(value):
            yield from _described(value, key, places)
        else:
            yield Told(".".join(map(str, key)), _toml(value), places.get(key))


def _toml(value: object) -> str:
    """A value in one line of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if is_dataclass(value):
        table = {kebab(one.name): getattr(value, one.name) for one in fields(value)}
        return _toml({key: one for key, one in table.items() if one not in (None, ())})
    return str(value)


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else json.dumps(key)
