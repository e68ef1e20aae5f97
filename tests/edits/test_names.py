"""Scopes, held against Python's own symbol table."""

from __future__ import annotations

import symtable
import textwrap
from collections import defaultdict
from collections.abc import Iterator

import libcst as cst
import pytest
from canonry.edits.binding import names_of
from canonry.edits.names import Scope, ScopeKind
from canonry.edits.tree import Tree, parse_text
from hypothesis import given
from hypothesis import strategies as st

NAMES = ("a", "b", "c")
name = st.sampled_from(NAMES)


def indent(text: str) -> str:
    return textwrap.indent(text, "    ")


EXPRESSIONS = st.recursive(
    name,
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("[{} for {} in {} if {}]".format, inner, name, inner, inner),
        st.builds("{{{}: {} for {} in {} for {} in {}}}".format, inner, inner, name, inner, name, inner),
        st.builds("(lambda {}={}: {})".format, name, inner, inner),
        st.builds("({}).{}".format, inner, name),
        st.builds("f'{{{}}}'".format, name),
        st.builds("call({}={})".format, name, inner),
    ),
    max_leaves=4,
)
SIMPLE = st.one_of(
    EXPRESSIONS,
    st.builds("{} = {}".format, name, EXPRESSIONS),
    st.builds("{}: {} = {}".format, name, EXPRESSIONS, EXPRESSIONS),
    st.builds("{} += {}".format, name, EXPRESSIONS),
    st.builds("{}.x = {}[{}] = {}".format, name, name, name, EXPRESSIONS),
    st.builds("({}, *{}) = {}".format, name, name, EXPRESSIONS),
    st.builds("print({} := {})".format, name, EXPRESSIONS),
    st.builds("import x as {}, y.z".format, name),
    st.builds("from x import {}".format, name),
    st.builds("del {}".format, name),
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indent)
    declared = st.sampled_from(["", *(f"    global {one}\n" for one in NAMES)])
    return st.one_of(
        st.builds(
            "def {}({}, /, {}2={}, *, {}3):\n{}{}".format, name, name, name, EXPRESSIONS, name, declared, body
        ),
        st.builds("async def {}():\n{}".format, name, body),
        st.builds("class {}({}):\n{}".format, name, EXPRESSIONS, body),
        st.builds("for {} in {}:\n{}".format, name, EXPRESSIONS, body),
        st.builds("with {} as {}:\n{}".format, EXPRESSIONS, name, body),
        st.builds("try:\n{}\nexcept {} as {}:\n    pass".format, body, EXPRESSIONS, name),
        st.builds("if {}:\n{}".format, EXPRESSIONS, body),
        st.builds(
            "match {}:\n    case [{}, *{}] | {{'k': {}}}:\n{}".format,
            name,
            name,
            name,
            name,
            body.map(indent),
        ),
    )


MODULES = st.lists(st.recursive(SIMPLE, blocks, max_leaves=8), min_size=1, max_size=4).map("\n".join)


@given(MODULES)
def test_scopes_are_those_of_python(text: str) -> None:
    text += "\n"
    try:
        table = symtable.symtable(text, "module.py", "exec")
    except SyntaxError:
        return  # a name that is global and a parameter, and the like
    tree = parse_text(text)
    assert isinstance(tree, Tree)
    theirs = dict(symbols(table))
    for key, found in ours(tree).items():
        for each, meaning in found:
            assert theirs[key][each] == meaning, (key, each)


def symbols(table: symtable.SymbolTable) -> Iterator[tuple[object, dict[str, str]]]:
    """For each function and class, by kind, name and line: whose each name is."""
    kind = "class" if isinstance(table, symtable.Class) else "function"
    if isinstance(table, (symtable.Class, symtable.Function)):
        yield (
            (kind, table.get_name(), table.get_lineno()),
            {
                one.get_name(): "outer" if one.is_free() else "module" if one.is_global() else "own"
                for one in table.get_symbols()
            },
        )
    for child in table.get_children():
        yield from symbols(child)


def ours(tree: Tree) -> dict[object, set[tuple[str, str]]]:
    names = names_of(tree)
    found: dict[object, set[tuple[str, str]]] = defaultdict(set)
    for each, uses in names.uses.items():
        for use in uses:
            key = scope_key(tree, use.scope)
            if key is not None:
                owner = names.resolve(use.scope, each)
                meaning = (
                    "own" if owner is use.scope else "module" if owner in (None, names.module) else "outer"
                )
                found[key].add((each, meaning))
    return found


def scope_key(tree: Tree, scope: Scope) -> object:
    if isinstance(scope.node, (cst.FunctionDef, cst.ClassDef)) and scope.kind is not ScopeKind.TYPES:
        kind = "class" if scope.kind is ScopeKind.CLASS else "function"
        return kind, scope.node.name.value, tree.line(scope.node)
    return None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(x: 'Money | None') -> 'list[Money]': ...", 2),
        ("from typing import cast\ncast('Money', 1)", 1),
        ("x: dict[str, 'Money'] = {}", 1),
        ("from typing import Literal\nx: Literal['Money'] = 1", 0),
        ("x = {'Money': d['Money']}", 0),
        ("x: 'not python' = 1", 0),
    ],
)
def test_quoted_annotations_read_names(code: str, expected: int) -> None:
    tree = parse_text(code + "\n")
    assert isinstance(tree, Tree)
    uses = names_of(tree).uses.get("Money", [])
    assert len(uses) == expected
    assert all(one.quoted for one in uses)


def test_type_parameters_have_a_scope_of_their_own() -> None:
    tree = parse_text(
        "T = 1\ndef f[T: (T, int)](x: T) -> T:\n    return T\nclass A[T](list[T]):\n    y: T\nT\n"
    )
    assert isinstance(tree, Tree)
    names = names_of(tree)
    kinds = [names.resolve(one.scope, "T") for one in names.uses["T"]]
    assert [one.kind for one in kinds if one] == [ScopeKind.TYPES] * 6 + [ScopeKind.MODULE]
