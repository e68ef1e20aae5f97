"""The kinds of nodes that rules and extractors may ask for, found by one query over a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tree_sitter import Node, Query, QueryCursor

from canonry.syntax.grammar import LANGUAGE

MODULE, FUNCTION, LAMBDA, CLASS, COMPREHENSION = "module", "function", "lambda", "class", "comprehension"

SCOPE_KINDS = {
    "function_definition": FUNCTION,
    "lambda": LAMBDA,
    "class_definition": CLASS,
    "list_comprehension": COMPREHENSION,
    "set_comprehension": COMPREHENSION,
    "dictionary_comprehension": COMPREHENSION,
    "generator_expression": COMPREHENSION,
}
"""Kinds of nodes that open a scope, to the scope's kind."""

KINDS: Final = (
    *SCOPE_KINDS,
    "assert_statement",
    "assignment",
    "augmented_assignment",
    "await",
    "call",
    "comment",
    "comparison_operator",
    "continue_statement",
    "decorator",
    "except_clause",
    "expression_statement",
    "finally_clause",
    "for_statement",
    "future_import_statement",
    "if_statement",
    "import_from_statement",
    "import_statement",
    "raise_statement",
    "return_statement",
    "string",
    "subscript",
    "try_statement",
    "while_statement",
    "with_statement",
    "yield",
)
"""Kinds of nodes that `nodes` gives."""

_BINDERS = """
(assignment left: (identifier) @bind)
(augmented_assignment left: (identifier) @bind)
(pattern_list (identifier) @bind)
(tuple_pattern (identifier) @bind)
(list_pattern (identifier) @bind)
(list_splat_pattern (identifier) @bind)
(dictionary_splat_pattern (identifier) @bind)
(for_statement left: (identifier) @bind)
(for_in_clause left: (identifier) @bind)
(as_pattern_target (identifier) @bind)
(as_pattern_target (tuple (identifier) @bind))
(as_pattern_target (tuple (tuple (identifier) @bind)))
(as_pattern_target (tuple (list (identifier) @bind)))
(as_pattern_target (tuple (list_splat (identifier) @bind)))
(as_pattern_target (list (identifier) @bind))
(as_pattern_target (list (tuple (identifier) @bind)))
(as_pattern_target (list (list (identifier) @bind)))
(as_pattern_target (list (list_splat (identifier) @bind)))
(named_expression name: (identifier) @bind)
(parameters (identifier) @bind)
(lambda_parameters (identifier) @bind)
(default_parameter name: (identifier) @bind)
(typed_parameter (identifier) @bind)
(typed_default_parameter name: (identifier) @bind)
(case_pattern (dotted_name . (identifier) @bind .))
(global_statement (identifier) @outer)
(nonlocal_statement (identifier) @outer)
"""
DISPLAYS: Final = ("tuple", "list", "list_splat")
"""What names may stand in behind an `as`: the grammar takes such a target for an expression."""
BIND, OUTER, SCOPE = "bind", "outer", "scope"
"""What the query calls the places where a variable or parameter gets a name, the names of `global` and
`nonlocal`, and the nodes of SCOPE_KINDS.
"""
NAMING: Final = frozenset(
    (
        *(BIND, OUTER, SCOPE, *SCOPE_KINDS, "assignment", "call", "if_statement"),
        *("import_statement", "import_from_statement", "future_import_statement"),
    )
)
"""What names need to be told, and assignments: asked of every file, the other kinds of few, so that those are
found apart.
"""


def _query(kinds: Iterable[str]) -> str:
    return " ".join(f"({kind}) @{SCOPE if kind in SCOPE_KINDS else kind}" for kind in kinds)


_NAMING = Query(LANGUAGE, _query(kind for kind in KINDS if kind in NAMING) + _BINDERS)
_OTHERS = Query(LANGUAGE, _query(kind for kind in KINDS if kind not in NAMING))
SCOPE_IDS = {LANGUAGE.id_for_node_kind(kind, True): meant for kind, meant in SCOPE_KINDS.items()}
"""The kinds of scopes by the numbers of their nodes: the keyword `lambda` has the name of its node."""


def scope_kind(node: Node) -> str:
    """The kind of scope that a node of SCOPE_KINDS opens."""
    return SCOPE_IDS[node.kind_id]


def captures(root: Node, naming: bool) -> Mapping[str, list[Node]]:
    """The nodes below a node, by kind, in order of place: those that `NAMING` has, or all others.

    Those of SCOPE_KINDS are together under SCOPE.
    """
    found = QueryCursor(_NAMING if naming else _OTHERS).captures(root)
    for held in found.values():
        if len(held) > 1:
            held.sort(key=_place)  # the query has those that begin together (`f(x)(y)`) in any order
    return found


def _place(node: Node) -> tuple[int, int]:
    return node.start_byte, -node.end_byte  # of two that begin together the outer one first
