"""The schema that ships says of settings what reading them says."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from canonry.config import Settings, SettingsFile, read_settings
from canonry.config.described import described
from canonry.config.schema import SCHEMA_FILE, schema_text

GOOD = """\
select = ["CN0", "reimplemented-definition"]
severity = { CN001 = "error", ALL = "hint" }
per-file-ignores = { "tests/**" = ["CN001"], "scripts/*" = "ALL" }
services = { auth = "services/auth", shared = ["libs/common"] }
canonical = { money = "app.money.Money", db = { symbol = "app.db.Manager", supersedes = ["app.old.*"] } }
accepted = [{ symbols = ["a.b", "c.d"], reason = "apart", until = "2030-01-31" }]
config = { distinct = [["A", "B"]], suffixes = ["_ENV"] }
debt = { tracker = "[A-Z]+-[0-9]+" }
reuse = { minimum-probability = 0.5 }
"""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    shipped: dict[str, Any] = json.loads(files("canonry.config").joinpath(SCHEMA_FILE).read_text("utf-8"))
    return shipped


def test_the_shipped_schema_is_that_of_the_tree(schema: dict[str, Any]) -> None:
    assert json.loads(schema_text()) == schema
    jsonschema.Draft7Validator.check_schema(schema)


def test_what_the_schema_takes_is_read_without_problems(schema: dict[str, Any]) -> None:
    jsonschema.validate(tomllib.loads(GOOD), schema)

    assert read_settings(GOOD, SettingsFile.CANONRY).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "selct = []",
        'select = ["CN-1"]',
        "select = 1",
        'severity = { CN001 = "fatal" }',
        "reuse = { minimum-probability = 2 }",
        'accepted = [{ symbols = ["a"] }]',
        "absolute-imports = 1",
    ],
)
def test_what_the_schema_refuses_is_a_problem(schema: dict[str, Any], text: str) -> None:
    assert list(jsonschema.Draft7Validator(schema).iter_errors(tomllib.loads(text)))
    assert read_settings(text, SettingsFile.CANONRY).problems


def test_settings_are_told_with_their_places() -> None:
    read = read_settings(GOOD, SettingsFile.CANONRY)
    told = {one.key: one for one in described(read.settings, GOOD, SettingsFile.CANONRY)}

    assert told["reuse.minimum-probability"].value == "0.5"
    assert told["reuse.minimum-lines"].place is None
    place = told["select"].place
    assert place is not None
    assert place.start.line == 0
    for one in described(read.settings, GOOD, SettingsFile.CANONRY):
        tomllib.loads(f"{one.key} = {one.value}")
    assert all(one.place is None for one in described(Settings(), "", SettingsFile.CANONRY))


def test_what_is_refused_comes_from_the_default() -> None:
    text = "select = 1\nignore = ['CN002']\n"
    read = read_settings(text, SettingsFile.CANONRY)
    told = {one.key: one for one in described(read.settings, text, SettingsFile.CANONRY, read.problems)}

    assert told["select"].place is None
    assert told["ignore"].place is not None
