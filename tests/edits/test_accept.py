"""Accepted duplicates in settings files."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from canonry.edits.accept import accept, declare_canonical
from canonry.edits.text import apply_edits
from canonry.model import Fix, Refusal

ROOT = Path("/workspace")
OWN, SHARED = ROOT / "canonry.toml", ROOT / "pyproject.toml"
SYMBOLS = ["app.money.add", "app.views.plus"]
ENTRY = 'symbols = ["app.money.add", "app.views.plus"]\nreason = "other rates"\n'


def accepted(path: Path, text: str) -> str:
    found = accept(ROOT, {path: text}, SYMBOLS, "other rates", versions={path: 3})
    assert isinstance(found, Fix), found
    (file,) = found.files
    assert (file.path, file.version, file.creates) == (path, 3, False)
    return apply_edits(text, file.edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"[[accepted]]\n{ENTRY}"),
        ("# ours\nexclude = ['a']  # b\n", f"# ours\nexclude = ['a']  # b\n\n[[accepted]]\n{ENTRY}"),
        (
            "[[accepted]]  # first\nsymbols = ['x', 'y']\n\n# about reuse\n[reuse]\nminimum-lines = 4\n",
            f"[[accepted]]  # first\nsymbols = ['x', 'y']\n\n[[accepted]]\n{ENTRY}\n"
            "# about reuse\n[reuse]\nminimum-lines = 4\n",
        ),
        (
            "accepted = [\n  {symbols = ['x', 'y'], reason = 'r'},  # c\n]\n",
            "accepted = [\n  {symbols = ['x', 'y'], reason = 'r'},  # c\n"
            '  {symbols = ["app.money.add", "app.views.plus"], reason = "other rates"},\n]\n',
        ),
        ("[reuse]\nminimum-lines = 4", f"[reuse]\nminimum-lines = 4\n\n[[accepted]]\n{ENTRY}"),
    ],
    ids=["empty", "plain", "beside another", "in a list", "no final newline"],
)
def test_in_the_own_file(before: str, after: str) -> None:
    assert accepted(OWN, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[project]\nname = 'x'\n", f"[project]\nname = 'x'\n\n[[tool.canonry.accepted]]\n{ENTRY}"),
        (
            "[tool.canonry]\nexclude = []\n[tool.canonry.reuse]\nminimum-lines = 4\n\n"
            "[tool.ruff]\nx = '''\n[a]\n'''\n",
            "[tool.canonry]\nexclude = []\n[tool.canonry.reuse]\nminimum-lines = 4\n\n"
            f"[[tool.canonry.accepted]]\n{ENTRY}\n[tool.ruff]\nx = '''\n[a]\n'''\n",
        ),
        (
            "[tool.ruff]\nx = '''\n[tool.canonry]\n'''\n",
            f"[tool.ruff]\nx = '''\n[tool.canonry]\n'''\n\n[[tool.canonry.accepted]]\n{ENTRY}",
        ),
        (
            "[tool]\ncanonry.exclude = []\n",
            f"[tool]\ncanonry.exclude = []\n\n[[tool.canonry.accepted]]\n{ENTRY}",
        ),
    ],
    ids=["no table yet", "behind its tables", "a header in a string", "dotted keys"],
)
def test_in_the_shared_file(before: str, after: str) -> None:
    assert accepted(SHARED, before) == after


def test_line_endings_and_byte_order_mark_stay() -> None:
    assert accepted(OWN, "\ufeffexclude = []\r\n") == (
        "\ufeffexclude = []\r\n\r\n[[accepted]]\r\n" + ENTRY.replace("\n", "\r\n")
    )


def test_the_file_is_created_where_there_is_none() -> None:
    found = accept(ROOT, {}, SYMBOLS, 'in "other"\nwords \\', until=date(2030, 1, 2))
    assert isinstance(found, Fix)
    assert found.title == "Accept add and plus as duplicates"
    (file,) = found.files
    assert (file.path, file.creates) == (OWN, True)
    assert tomllib.loads(apply_edits("", file.edits)) == {
        "accepted": [{"symbols": SYMBOLS, "reason": 'in "other"\nwords \\', "until": date(2030, 1, 2)}]
    }


@pytest.mark.parametrize(
    ("own", "chosen"), [(None, SHARED), ("# nothing yet\n", SHARED), ("exclude = []\n", OWN), ("x = (", OWN)]
)
def test_the_file_whose_settings_apply_is_taken(own: str | None, chosen: Path) -> None:
    settings = {SHARED: "[tool.canonry]\n"} | ({OWN: own} if own is not None else {})
    found = accept(ROOT, settings, SYMBOLS, "r")
    if own == "x = (":
        assert found == Refusal("canonry.toml does not parse at line 1; correct it first")
    else:
        assert isinstance(found, Fix)
        assert [one.path for one in found.files] == [chosen]


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (OWN, "a = 1\nb = \n", "canonry.toml does not parse at line 2"),
        (OWN, "[a]\n[a]\n", "canonry.toml does not parse"),
        (OWN, "accepted = 3\n", "`accepted` is no list of tables"),
        (SHARED, "tool = {canonry = {exclude = []}}\n", "cannot be added to; add the entry by hand"),
        (SHARED, "[tool]\ncanonry = 1\n", "[tool.canonry] is no table"),
        (OWN, f"[[accepted]]\n{ENTRY}", "accepted as duplicates already"),
    ],
)
def test_files_that_cannot_take_it(path: Path, text: str, words: str) -> None:
    found = accept(ROOT, {path: text}, SYMBOLS, "r")
    assert isinstance(found, Refusal)
    assert words in found.reason


# Canonical symbols


def declared(path: Path, text: str) -> str:
    found = declare_canonical(ROOT, {path: text}, "app.money.add", "app.views.plus", {path: 3})
    assert isinstance(found, Fix), found
    (file,) = found.files
    assert (file.path, file.version, file.creates) == (path, 3, False)
    return apply_edits(text, file.edits)


CANONICAL = 'symbol = "app.money.add"\nsupersedes = ["app.views.plus"]\n'


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (OWN, "", f"[canonical.add]\n{CANONICAL}"),
        (OWN, "# ours\nselect = []\n", f"# ours\nselect = []\n\n[canonical.add]\n{CANONICAL}"),
        (
            OWN,
            '[canonical.cut]\nsymbol = "a.b"\n\n# next\n[reuse]\nminimum-lines = 2  # few\n',
            '[canonical.cut]\nsymbol = "a.b"\n\n# next\n[reuse]\nminimum-lines = 2  # few\n\n'
            f"[canonical.add]\n{CANONICAL}",
        ),
        (
            SHARED,
            "[tool.canonry]\nselect = []\n\n# theirs\n[tool.ruff]\nselect = []\n",
            f"[tool.canonry]\nselect = []\n\n[tool.canonry.canonical.add]\n{CANONICAL}\n"
            "# theirs\n[tool.ruff]\nselect = []\n",
        ),
        (
            OWN,
            '[canonical.add]\nsymbol = "other.add"\n',
            f'[canonical.add]\nsymbol = "other.add"\n\n[canonical.money-add]\n{CANONICAL}',
        ),
    ],
)
def test_a_canonical_symbol_is_registered_and_nothing_else_changes(
    path: Path, before: str, after: str
) -> None:
    assert declared(path, before) == after
    crlf = before.replace("\n", "\r\n")
    assert declared(path, crlf) == after.replace("\n", "\r\n") or not before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[canonical.sum]\nsymbol = "app.money.add"\n', "app.money.add is declared canonical already"),
        ("canonical = 3\n", "'canonical' is no table"),
        (
            "canonical = {}\n",
            "canonry.toml is written in a way that cannot be added to; add the entry by hand",
        ),
    ],
)
def test_what_cannot_be_registered_is_refused(text: str, reason: str) -> None:
    assert declare_canonical(ROOT, {OWN: text}, "app.money.add", "app.views.plus") == Refusal(reason)


def test_settings_that_do_not_parse_register_nothing() -> None:
    found = declare_canonical(ROOT, {OWN: "a = [\n"}, "app.money.add", "app.views.plus")
    assert isinstance(found, Refusal)
    assert found.reason.startswith("canonry.toml does not parse")
