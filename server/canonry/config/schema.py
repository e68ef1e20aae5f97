"""The settings as a JSON Schema, for editors of TOML: derived from the tree, and shipped beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from canonry.config.tree import CODE, ID, Canonical, Settings
from canonry.config.values import kebab

Schema: TypeAlias = dict[str, Any]
Hint: TypeAlias = Any
"""A type as annotations have it."""

SCHEMA_FILE = "settings.schema.json"


def schema_text() -> str:
    """The schema of `canonry.toml` and of `[tool.canonry]`, as the file beside this one has it."""
    schema: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Canonry",
        "description": "Settings of Canonry: canonry.toml, or [tool.canonry] in pyproject.toml.",
        **_object(Settings),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(cls: type) -> Schema:
    hints = get_type_hints(cls)
    known = fields(cls)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {kebab(one.name): _setting(one, hints[one.name]) for one in known},
    }
    required = [kebab(one.name) for one in known if one.default is MISSING and one.default_factory is MISSING]
    return {**schema, "required": required} if required else schema


def _setting(spec: Field[Any], hint: Hint) -> Schema:
    schema = _of(hint, spec)
    default = spec.default if spec.default_factory is MISSING else spec.default_factory()
    if default is not MISSING and default is not None and not is_dataclass(hint):
        schema["default"] = list(default) if isinstance(default, tuple) else default
    return {"description": spec.metadata["doc"], **schema}


def _of(hint: Hint, spec: Field[Any]) -> Schema:
    origin: object = get_origin(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        # A concept's symbol may stand alone.
        table = _object(hint)
        return {"anyOf": [{"type": "string"}, table]} if hint is Canonical else table
    if origin is UnionType:
        return _of(get_args(hint)[0], spec)
    if origin is tuple:
        several: Schema = {"type": "array", "items": _of(get_args(hint)[0], spec)}
        return {"anyOf": [several, several["items"]]} if spec.metadata.get("single") else several
    if origin is Mapping or hint is object:
        return _table(get_args(hint)[1], spec) if origin is Mapping else {}
    if hint is date:
        return {"type": "string", "format": "date"}
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    schema: Schema = {"type": kinds[hint]}
    if spec.metadata.get("minimum") is not None:
        schema |= {"minimum": spec.metadata["minimum"], "maximum": spec.metadata["maximum"]}
    if spec.metadata.get("choices"):
        schema["enum"] = list(spec.metadata["choices"])
    if spec.metadata.get("syntax") in ("code", "id"):
        schema["pattern"] = f"^({CODE if spec.metadata['syntax'] == 'code' else ID})$"
    return schema


def _table(value: Hint, spec: Field[Any]) -> Schema:
    inner = _of(value, spec)
    origin: object = get_origin(value)
    if origin is tuple:  # one may stand without its list
        inner = {"anyOf": [inner, inner["items"]]}
    schema: Schema = {"type": "object"} if not inner else {"type": "object", "additionalProperties": inner}
    if spec.metadata.get("keys") == "code":
        schema["propertyNames"] = {"pattern": f"^({CODE})$"}
    return schema
