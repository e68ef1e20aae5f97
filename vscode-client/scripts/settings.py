"""Writes the server's settings into package.json, from the tree that the server reads them with.

    python vscode-client/scripts/settings.py            # rewrite package.json
    python vscode-client/scripts/settings.py --check    # exit 1 where it lags, and say the command

Only the section `canonry.analysis` of `contributes.configuration` is written; the others hold the
client's own settings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from canonry.config.tree import CODE, Settings
from canonry.config.values import camel

PACKAGE = Path(__file__).resolve().parent.parent / "package.json"
SECTION = "canonry.analysis"
COMMAND = "python vscode-client/scripts/settings.py"

Schema = dict[str, Any]
Hint: TypeAlias = Any
"""A type as annotations have it: a class, `tuple[str, ...]`, `Mapping[str, str]`, `date | None`."""


def properties() -> Schema:
    """The settings as VS Code declares them, by their full name."""
    return {f"canonry.{name}": schema for name, schema in _settings(Settings, "")}


def updated(manifest: Schema) -> Schema:
    """The manifest with the settings that the server has now."""
    sections = [
        {**section, "properties": properties()} if section["id"] == SECTION else section
        for section in manifest["contributes"]["configuration"]
    ]
    return {**manifest, "contributes": {**manifest["contributes"], "configuration": sections}}


def main() -> None:
    """Rewrite package.json or, with --check, only say whether it lags."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where package.json lags")
    check = parser.parse_args().check
    manifest = json.loads(PACKAGE.read_text(encoding="utf-8"))
    current = updated(manifest)
    if current == manifest:
        return
    if check:
        sys.exit(f"package.json lags behind the server's settings; run: {COMMAND}")
    text = json.dumps(current, indent=2, ensure_ascii=False) + "\n"
    PACKAGE.write_text(text, encoding="utf-8")


def _settings(cls: type, prefix: str) -> Iterator[tuple[str, Schema]]:
    hints = get_type_hints(cls)
    for spec in fields(cls):
        name, hint = prefix + camel(spec.name), hints[spec.name]
        if is_dataclass(hint):
            yield from _settings(hint, f"{name}.")
        else:
            schema = _schema(hint, spec)
            schema["default"] = _plain(_default(spec))
            schema["markdownDescription"] = spec.metadata["doc"]
            schema["scope"] = "resource"
            yield name, schema


def _schema(hint: Hint, spec: Field[Any]) -> Schema:
    """The JSON schema of a setting's type; limits come from the field, syntax for its strings."""
    if is_dataclass(hint):
        return _record(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], spec)}
    if origin is Mapping:
        return _table(arguments[1], spec)
    if origin is UnionType:
        (inner,) = (one for one in arguments if one is not type(None))
        return _schema(inner, spec)
    return _scalar(hint, spec)


def _scalar(hint: Hint, spec: Field[Any]) -> Schema:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", date: "string"}
    schema: Schema = {"type": kinds[hint]}
    given = spec.metadata
    if given.get("minimum") is not None:
        schema["minimum"] = given["minimum"]
    if given.get("maximum") is not None:
        schema["maximum"] = given["maximum"]
    if given.get("choices"):
        schema["enum"] = list(given["choices"])
    if hint is date:
        schema["format"] = "date"
    return schema | _syntax(given.get("syntax", ""))


def _syntax(name: str) -> Schema:
    return {"pattern": f"^(?:{CODE})$"} if name == "code" else {}


def _table(inner: Hint, spec: Field[Any]) -> Schema:
    schema: Schema = {"type": "object"}
    if inner is not object:
        schema["additionalProperties"] = _schema(inner, spec)
    keys = _syntax(spec.metadata.get("keys", ""))
    if keys:
        schema["propertyNames"] = keys
    return schema


def _record(cls: type) -> Schema:
    hints = get_type_hints(cls)
    parts = {
        camel(spec.name): _schema(hints[spec.name], spec) | {"markdownDescription": spec.metadata["doc"]}
        for spec in fields(cls)
    }
    required = [
        camel(spec.name)
        for spec in fields(cls)
        if spec.default is MISSING and spec.default_factory is MISSING
    ]
    return {"type": "object", "properties": parts, "required": required, "additionalProperties": False}


def _default(spec: Field[Any]) -> object:
    return spec.default_factory() if spec.default_factory is not MISSING else spec.default


def _plain(value: object) -> object:
    """A default as JSON has it."""
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


if __name__ == "__main__":
    main()
