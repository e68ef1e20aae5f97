"""Random modules: what delegates, extends or is replaced does the same when run, and nothing else changes."""

from __future__ import annotations

import ast
import re
from typing import Any

from canonry.edits.delegate import delegate
from canonry.edits.extend import extend
from canonry.edits.replace_symbol import replace_symbol
from canonry.edits.text import Lines, apply_edits
from canonry.model import Applicability, Fix, Refusal
from hypothesis import given
from hypothesis import strategies as st

from .test_use_existing_properties import SLOW, load, modules, run, workspaces
from .workspaces import Files, plain

NEW, OLD = "app/views.py::fresh", "app/text.py::known"


@SLOW
@given(workspaces())
def test_a_function_that_delegates_does_the_same(texts: dict[str, str]) -> None:
    found = delegate(Files(texts).request(NEW, OLD))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return
    after = {**texts, "app/views.py": apply_edits(texts["app/views.py"], found.files[0].edits)}
    assert "return known(" in after["app/views.py"]
    if found.applicability is Applicability.SAFE:
        assert run(after) == run(texts), after["app/views.py"]


@SLOW
@given(workspaces())
def test_uses_that_are_replaced_do_the_same(texts: dict[str, str]) -> None:
    found = replace_symbol(Files(texts).replacement(NEW, OLD))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return
    after = {**texts, "app/views.py": apply_edits(texts["app/views.py"], found.files[0].edits)}
    assert "def fresh(" in after["app/views.py"]
    if found.applicability is Applicability.SAFE:
        assert "fresh(" not in after["app/views.py"].partition("def fresh")[0]
        assert run(after) == run(texts), after["app/views.py"]


@SLOW
@given(modules())
def test_delegating_changes_the_body_and_imports_alone(text: str) -> None:
    after = changed(text, delegate(Files(files(text)).request(NEW, OLD)))
    if after is None:
        return
    before, now = ([line for line in outside(one) if not IMPORTED.search(line)] for one in (text, after))
    assert before == now


@SLOW
@given(modules())
def test_replacing_changes_uses_and_imports_alone(text: str) -> None:
    after = changed(text, replace_symbol(Files(files(text)).replacement(NEW, OLD)))
    if after is None:
        return
    before, now = ([line for line in contents(one) if not TOUCHED.search(line)] for one in (text, after))
    assert before == now


IMPORTED = re.compile(r"import|^ *(other|known|wide),|^\)")
TOUCHED = re.compile(r"import|^ *(other|known|wide),|^\)|fresh|known")


def files(text: str) -> dict[str, str]:
    ast.parse(plain(text))
    return {"app/text.py": "def known(text, limit):\n    return text[:limit]\n", "app/views.py": text}


def changed(text: str, found: Fix | Refusal) -> str | None:
    """The views afterwards; None where they are as before."""
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return None
    (one,) = found.files
    after = apply_edits(text, one.edits)
    ast.parse(plain(after))
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    return after


def contents(text: str) -> list[str]:
    """The lines of a text that are not blank, each with its ending."""
    lines = Lines(text)
    every = (text[start : lines.after(at)] for at, start in enumerate(lines.starts))
    return [one.strip("\ufeff") for one in every if one.strip("\ufeff \t\r\n")]


def outside(text: str) -> list[str]:
    """The same, without the lines of the function's body."""
    (node,) = [one for one in ast.parse(plain(text)).body if getattr(one, "name", "") == "fresh"]
    assert isinstance(node, ast.FunctionDef) and node.end_lineno is not None
    lines = Lines(text)
    inside = range(node.body[0].lineno - 1, node.end_lineno)
    return [
        one
        for at, start in enumerate(lines.starts)
        if at not in inside and (one := text[start : lines.after(at)].strip("\ufeff")).strip(" \t\r\n")
    ]


# Classes

BODIES = ("return 1", "return [self.name]", "self.name += 'x'\n        return self.name", "return SHARED")
NAMES = ("one", "two", "three", "label", "__len__")


@st.composite
def classes(draw: st.DrawFn) -> dict[str, str]:
    shared = draw(st.booleans())

    def text(name: str) -> str:
        members = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
        parts = ["    kind = 'a'\n"] if draw(st.booleans()) else []
        constructor = "    def __init__(self, name='n'):\n        self.name = name\n"
        parts.append(constructor)
        for one in members:
            note = draw(st.sampled_from(["", "    # about it\n", "    @property\n"]))
            parts.append(f"{note}    def {one}(self):\n        {draw(st.sampled_from(BODIES))}\n")
        gap = draw(st.sampled_from(["", "\n", "\n\n"]))
        documented = draw(st.sampled_from(["", '    """Doc."""\n']))
        return f"class {name}:\n{documented}{gap.join(parts)}"

    return {
        "app/money.py": f"SHARED = 1\n\n\n{text('Ledger')}",
        "app/views.py": f"SHARED = {1 if shared else 2}\n\n\n{text('Journal')}",
    }


@SLOW
@given(classes())
def test_a_class_that_extends_another_does_the_same(texts: dict[str, str]) -> None:
    found = extend(Files(texts).request("app/views.py::Journal", "app/money.py::Ledger"))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return
    after = {**texts, "app/views.py": apply_edits(texts["app/views.py"], found.files[0].edits)}
    assert "class Journal(Ledger):" in after["app/views.py"]
    before, now = (load(one, "app.views").Journal for one in (texts, after))
    own = [name for name in vars(before) if name in (*NAMES, "kind", "__doc__")]
    for name in own:
        assert answer(now, name) == answer(before, name), (name, after["app/views.py"])
    if found.applicability is Applicability.SAFE:
        assert {one for one in dir(now) if one in NAMES} == {one for one in dir(before) if one in NAMES}


def answer(made: Any, name: str) -> object:
    if name == "__doc__":
        return made.__doc__
    found = getattr(made(), name)
    try:
        return found() if callable(found) else found
    except TypeError as error:
        return str(error).replace("Ledger", "Journal")
