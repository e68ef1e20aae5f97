"""Random modules: what is safe does the same when it is run, and nothing else of the text changes."""

from __future__ import annotations

import ast
import builtins
import re
import types
from dataclasses import dataclass
from typing import Any

from canonry.edits.text import Lines, apply_edits
from canonry.edits.use_existing import use_existing
from canonry.model import Applicability, Fix, Refusal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .workspaces import Files, plain

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Calls do the same


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    """`/`, `` or `*`: positional only, both, keyword only."""
    default: str | None


def write_signature(parameters: list[Parameter]) -> str:
    parts: list[str] = []
    for kind in ("/", "", "*"):
        members = [one for one in parameters if one.kind == kind]
        if members and kind == "*":
            parts.append("*")
        parts += [one.name if one.default is None else f"{one.name}={one.default}" for one in members]
        if members and kind == "/":
            parts.append("/")
    return ", ".join(parts)


@st.composite
def signatures(draw: st.DrawFn, names: list[str]) -> list[Parameter]:
    """Parameters of these names in some order, of some kinds, valid as a whole."""
    kinds = sorted((draw(st.sampled_from(["/", "", "", "*"])) for _ in names), key=["/", "", "*"].index)
    optional_from = draw(st.integers(0, len(names)))
    found: list[Parameter] = []
    for at, (name, kind) in enumerate(zip(draw(st.permutations(names)), kinds, strict=True)):
        optional = draw(st.booleans()) if kind == "*" else at >= optional_from
        default = draw(st.sampled_from(["1", "None", "'x'", "-2"])) if optional else None
        found.append(Parameter(name, kind, default))
    return found


@st.composite
def calls(draw: st.DrawFn, parameters: list[Parameter]) -> str:
    """A call of `fresh` that Python accepts; each argument says when it was evaluated."""
    positional = [one for one in parameters if one.kind != "*"]
    required = [at for at, one in enumerate(positional) if one.kind == "/" and one.default is None]
    count = draw(st.integers(max(required, default=-1) + 1, len(positional)))
    rest = [
        one
        for one in [*positional[count:], *(one for one in parameters if one.kind == "*")]
        if one.kind != "/" and (one.default is None or draw(st.booleans()))
    ]
    argument = st.sampled_from(
        ["log(1)", "log(2)", "log(3)", "7", "(8)", "value", "(yes := log(4))", "not value"]
    )
    texts = [draw(argument) for _ in range(count)]
    texts += [f"{one.name}={draw(argument)}" for one in draw(st.permutations(rest))]
    comma = "," if texts and draw(st.booleans()) else ""
    return f"fresh({', '.join(texts)}{comma})"


@st.composite
def workspaces(draw: st.DrawFn) -> dict[str, str]:
    count = draw(st.integers(0, 4))
    theirs = [f"their{at}" for at in range(count)]
    mine = draw(st.one_of(st.just(theirs), st.just([f"mine{at}" for at in range(count)])))
    old, new = draw(signatures(theirs)), draw(signatures(mine))
    body = "    total = [{}]\n    total.append(len(total))\n    return total\n"
    lines = [draw(calls(new)) for _ in range(draw(st.integers(1, 3)))]
    return {
        "app/text.py": f"def known({write_signature(old)}):\n{body.format(', '.join(theirs))}",
        "app/views.py": (
            "def run(log, value):\n    return ["
            + ", ".join(lines)
            + "]\n\n\n"
            + f"def fresh({write_signature(new)}):\n{body.replace('total', 'rows').format(', '.join(mine))}"
        ),
    }


@SLOW
@given(workspaces())
def test_safe_changes_do_the_same(texts: dict[str, str]) -> None:
    files = Files(texts)
    found = use_existing(files.request("app/views.py::fresh", "app/text.py::known"))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return
    if found.applicability is not Applicability.SAFE:
        assert "by default" in found.caution
        return
    after = {**texts, "app/views.py": apply_edits(texts["app/views.py"], found.files[0].edits)}
    assert "def fresh" not in after["app/views.py"]
    assert run(after) == run(texts), after["app/views.py"]


def run(texts: dict[str, str]) -> tuple[object, list[int]]:
    """What `run` of the views gives, and the order in which its arguments were evaluated."""
    order: list[int] = []

    def log(number: int) -> int:
        order.append(number)
        return number

    return load(texts, "app.views").run(log, "value"), order


def load(texts: dict[str, str], name: str) -> Any:
    module = types.ModuleType(name)

    def importing(wanted: str, *rest: Any) -> Any:
        path = wanted.replace(".", "/") + ".py"
        return load(texts, wanted) if path in texts else builtins.__import__(wanted, *rest)

    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": importing}
    exec(texts[name.replace(".", "/") + ".py"], module.__dict__)
    return module


# Nothing else changes

FRAGMENTS = [
    "import os\n",
    "import os, sys  # both\n",
    "from app.text import other\n",
    "from app.text import (\n    other,\n    wide,  # too\n)\n",
    "from . import text\n",
    "from app import *\n",
    "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from decimal import Decimal\n",
    "try:\n    import simplejson as json\nexcept ImportError:\n    import json\n",
    "X = 1\n",
    "X = fresh(1, 2) if 0 else None  # fresh\n",
    "__all__ = ['run']\n",
    "# A comment about fresh.\n",
    "\f\n",
    "\n",
    "def run(known=None):\n    '''fresh'''\n    return fresh(1, 2), known\n",
    "class Thing:\n    fresh = 1\n\n    def run(self):\n        return fresh('\u2028🦆', limit=2)\n",
    "@print\ndef run():\n    def fresh():\n        return fresh\n    return [fresh for fresh in fresh]\n",
    "async def run(fresh):\n    return await fresh\n",
    "if __name__ == '__main__':\n    fresh(3, 4)\n",
    "x = '''\nfresh\n\n\n\n'''\n",
]
HEADS = [
    "",
    "#!/usr/bin/env python\n",
    "# -*- coding: utf-8 -*-\n\n",
    '"""Doc."""\n',
    "from __future__ import annotations\n",
]
DEFINITIONS = [
    "def fresh(text, limit):\n    return text[:limit]\n",
    "# About it.\ndef fresh(text, limit):\n    '''Doc.'''\n    import os\n    return os.sep\n    # end\n",
    "@staticmethod\ndef fresh(text: 'Decimal',\n          limit):\n    return text[:limit] or sys\n",
]


@st.composite
def modules(draw: st.DrawFn) -> str:
    parts = [draw(st.sampled_from(HEADS))]
    gap = st.sampled_from(["", "\n", "\n\n", "\n\n\n"])
    before = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=4))
    after = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=4))
    for one in (*before, draw(st.sampled_from(DEFINITIONS)), *after):
        parts += draw(gap), one
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    ending = draw(st.sampled_from(["\n", "\r\n", "mixed"]))
    if ending == "mixed":
        text = re.sub(r"return (.*)\n", "return \\1\r\n", text)
    else:
        text = text.replace("\n", ending)
    return draw(st.sampled_from(["", "\ufeff"])) + text


@SLOW
@given(modules())
def test_nothing_else_changes(text: str) -> None:
    ast.parse(plain(text))
    texts = {
        "app/text.py": "def known(text, limit):\n    return text[:limit]\n",
        "app/views.py": text,
    }
    files = Files(texts)
    found = use_existing(files.request("app/views.py::fresh", "app/text.py::known"))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return
    after = apply_edits(text, found.files[0].edits)
    ast.parse(plain(after))
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert_only_expected_lines_change(text, found)


def assert_only_expected_lines_change(before: str, fix: Fix) -> None:
    """What goes is blank, import or definition with its comments; what comes imports or uses the name."""
    lines = Lines(before)
    (node,) = [one for one in ast.parse(plain(before)).body if getattr(one, "name", "") == "fresh"]
    assert isinstance(node, ast.FunctionDef)
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1
    while first and lines.content(first - 1).startswith("#"):
        first -= 1
    inside = range(first, (node.end_lineno or 0) + 1)
    for edit in fix.files[0].edits:
        goes = edit.range.start != edit.range.end
        last = edit.range.end.line + (edit.range.end.column > 0) if goes else 0
        for at in range(edit.range.start.line, last):
            line = lines.content(at).strip("\ufeff \t")
            assert not line or at in inside or re.search(r"import|fresh\(|TYPE_CHECKING|^other", line), line
        for line in re.split(r"\r\n|\r|\n", edit.new_text):
            assert re.fullmatch(r"\s*(from (app)?\.text import .*|known(, |,)?)?", line), line
