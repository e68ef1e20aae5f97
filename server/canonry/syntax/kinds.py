"""The kinds of nodes that rules and extractors may ask for, found by one query over a tree."""

from __future__ import annotations

from collections.abc import Mapping
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
_QUERY = Query(LANGUAGE, " ".join(f"({kind}) @{kind}" for kind in KINDS) + _BINDERS)
BIND, OUTER = "bind", "outer"
"""What the query calls the places where a variable or parameter gets a name, and `global` and `nonlocal`."""


def captures(root: Node) -> Mapping[str, list[Node]]:
    """The nodes of every kind below a node, and the places that bind names; in no order."""
    return QueryCursor(_QUERY).captures(root)
