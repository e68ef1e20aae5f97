"""The VS Code client's package.json against the server: it must not lag. Needs no editor."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import fields
from types import ModuleType
from typing import Any

import pytest
from canonry import __version__
from canonry.config import Settings, merge_editor_settings
from jsonschema import Draft7Validator

from .running import CLIENT


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("client_settings", CLIENT / "scripts" / "settings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CLIENT / "package.json").read_text("utf-8"))
    return loaded


def test_the_settings_are_those_of_the_server(script: ModuleType, manifest: dict[str, Any]) -> None:
    assert script.updated(manifest) == manifest, f"run: {script.COMMAND}"


def test_every_setting_of_the_tree_is_there(script: ModuleType) -> None:
    first = {name.split(".")[1] for name in script.properties()}

    assert len(first) == len(fields(Settings))
    assert {"canonry.reuse.minimumProbability", "canonry.sourceRoots"} <= script.properties().keys()


def test_defaults_are_valid_and_change_nothing_for_the_server(script: ModuleType) -> None:
    tree: dict[str, Any] = {}
    for name, schema in script.properties().items():
        Draft7Validator.check_schema(schema)
        Draft7Validator(schema).validate(schema["default"])
        *way, last = name.split(".")[1:]
        table = tree
        for part in way:
            table = table.setdefault(part, {})
        table[last] = schema["default"]

    settings, problems = merge_editor_settings(Settings(), tree)

    assert problems == ()
    assert settings == Settings()


def test_examples_that_the_schema_must_tell_apart(script: ModuleType) -> None:
    def accepts(name: str, value: object) -> bool:
        return Draft7Validator(script.properties()[f"canonry.{name}"]).is_valid(value)

    assert accepts("severity", {"CN001": "hint", "reuse": "off"})
    assert not accepts("severity", {"CN001": "loud"})
    assert not accepts("severity", {"C 1": "hint"})
    assert accepts("select", ["CN1", "ALL"])
    assert not accepts("select", ["cn-"])
    assert accepts("accepted", [{"symbols": ["a.b"], "reason": "why", "until": "2030-12-31"}])
    assert not accepts("accepted", [{"symbols": ["a.b"]}])
    assert not accepts("reuse.minimumProbability", 1.5)
    assert accepts("perFileIgnores", {"tests/**": ["CN001"]})


def test_the_versions_are_the_same(manifest: dict[str, Any]) -> None:
    assert manifest["version"] == re.split(r"[^\d.]", __version__)[0].rstrip(".")


def test_the_readme_names_the_defaults(script: ModuleType) -> None:
    readme = (CLIENT / "README.md").read_text("utf-8")
    named = dict(re.findall(r"^\| `(canonry\.[\w.]+)` \| ([\d.]*) \|", readme, re.MULTILINE))

    assert named.keys() >= {"canonry.reuse.minimumProbability", "canonry.reuse.minimumLines"}
    for name, default in named.items():
        assert default == "" or json.loads(default) == script.properties()[name]["default"], name
