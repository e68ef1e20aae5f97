"""The grammar's node kinds as small integers: what the walk does at each, and its letter in skeletons."""

from __future__ import annotations

from typing import Final

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

LANGUAGE = Language(tree_sitter_python.language())


# What the walk does at a node. Plain integers: they are compared once or more for every node there is.
NOTHING: Final = 0
IDENTIFIER: Final = 1
ATTRIBUTE: Final = 2
CALL: Final = 3
STRING: Final = 4
STATEMENT: Final = 5
NUMBER: Final = 6
TYPE: Final = 7
COMMENT: Final = 8
FUNCTION: Final = 9
CLASS: Final = 10
DECORATED: Final = 11
DECORATOR: Final = 12
PARAMETERS: Final = 13
IMPORT: Final = 14
OPERATION: Final = 15
STRING_CONTENT: Final = 16
RAISE: Final = 17
EXCEPT: Final = 18
CONDITIONAL: Final = 19
EXPRESSION: Final = 20
ASSIGNMENT: Final = 21
YIELD: Final = 22
FOR: Final = 23
BINDING: Final = 24
"""A pattern: the names directly in it are bound."""
BINDING_TARGET: Final = 25
BINDING_NAME: Final = 26
BINDING_CASE: Final = 27
BINDING_AS: Final = 29
OUTWARD: Final = 28
"""`global` and `nonlocal`."""
SKIPPED: Final = -1
"""Punctuation and keywords, which say nothing: half of all nodes."""


_VISITS: dict[str, int] = {
    "identifier": IDENTIFIER,
    "attribute": ATTRIBUTE,
    "call": CALL,
    "string": STRING,
    "string_content": STRING_CONTENT,
    "integer": NUMBER,
    "float": NUMBER,
    "type": TYPE,
    "comment": COMMENT,
    "function_definition": FUNCTION,
    "class_definition": CLASS,
    "decorated_definition": DECORATED,
    "decorator": DECORATOR,
    "parameters": PARAMETERS,
    "lambda_parameters": BINDING,
    "default_parameter": BINDING_NAME,
    "named_expression": BINDING_NAME,
    "pattern_list": BINDING,
    "tuple_pattern": BINDING,
    "list_pattern": BINDING,
    "list_splat_pattern": BINDING,
    "dictionary_splat_pattern": BINDING,
    "as_pattern_target": BINDING_AS,
    "for_in_clause": BINDING_TARGET,
    "case_pattern": BINDING_CASE,
    "import_statement": IMPORT,
    "import_from_statement": IMPORT,
    "future_import_statement": IMPORT,
    "raise_statement": RAISE,
    "except_clause": EXCEPT,
    "if_statement": CONDITIONAL,
    "try_statement": CONDITIONAL,
    "match_statement": CONDITIONAL,
    "for_statement": FOR,
    "while_statement": STATEMENT,
    "with_statement": STATEMENT,
    "return_statement": STATEMENT,
    "delete_statement": STATEMENT,
    "pass_statement": STATEMENT,
    "break_statement": STATEMENT,
    "continue_statement": STATEMENT,
    "assert_statement": STATEMENT,
    "global_statement": OUTWARD,
    "nonlocal_statement": OUTWARD,
    "print_statement": STATEMENT,
    "exec_statement": STATEMENT,
    "expression_statement": EXPRESSION,
    "assignment": ASSIGNMENT,
    "augmented_assignment": ASSIGNMENT,
    "yield": YIELD,
    "await": OPERATION,
    "list_comprehension": OPERATION,
    "dictionary_comprehension": OPERATION,
    "set_comprehension": OPERATION,
    "generator_expression": OPERATION,
    "slice": OPERATION,
    "lambda": OPERATION,
    "conditional_expression": OPERATION,
    "//": OPERATION,
    "%": OPERATION,
    "**": OPERATION,
    "<<": OPERATION,
    ">>": OPERATION,
    "&": OPERATION,
    "|": OPERATION,
    "^": OPERATION,
    "~": OPERATION,
}

# One letter a kind in skeletons. Kinds that say the same share a letter; punctuation has none.
_CODES: dict[str, str] = {
    "identifier": "v",
    "attribute": "a",
    "call": "c",
    "string": "s",
    "concatenated_string": "s",
    "interpolation": "i",
    "integer": "n",
    "float": "n",
    "true": "b",
    "false": "b",
    "none": "N",
    "ellipsis": "N",
    "list": "L",
    "tuple": "T",
    "dictionary": "D",
    "set": "S",
    "pair": "p",
    "subscript": "x",
    "slice": ":",
    "keyword_argument": "k",
    "list_splat": "*",
    "dictionary_splat": "*",
    "list_comprehension": "l",
    "dictionary_comprehension": "d",
    "set_comprehension": "e",
    "generator_expression": "g",
    "for_in_clause": "f",
    "if_clause": "?",
    "lambda": "\\",
    "conditional_expression": "?",
    "named_expression": "=",
    "not_operator": "!",
    "boolean_operator": "&",
    "comparison_operator": "~",
    "binary_operator": "o",
    "unary_operator": "u",
    "await": "w",
    "yield": "y",
    "assignment": "=",
    "augmented_assignment": "+",
    "if_statement": "I",
    "elif_clause": "E",
    "else_clause": "e",
    "for_statement": "F",
    "while_statement": "W",
    "with_statement": "H",
    "try_statement": "Y",
    "except_clause": "X",
    "finally_clause": "Z",
    "return_statement": "R",
    "raise_statement": "Q",
    "assert_statement": "A",
    "delete_statement": "-",
    "break_statement": "B",
    "continue_statement": "C",
    "global_statement": "G",
    "nonlocal_statement": "G",
    "match_statement": "M",
    "case_clause": "m",
    "function_definition": "P",
    "class_definition": "K",
}


ERROR_KIND = 0xFFFF
"""The grammar's error node: the largest 16-bit id, far beyond those of the others."""
IDENTIFIER_KIND = LANGUAGE.id_for_node_kind("identifier", True)
ASSIGNMENT_KIND = LANGUAGE.id_for_node_kind("assignment", True)
IF_KIND = LANGUAGE.id_for_node_kind("if_statement", True)
_KINDS = range(LANGUAGE.node_kind_count)
_BEYOND = ERROR_KIND - LANGUAGE.node_kind_count
_LEAVES = frozenset(("identifier", "integer", "float", "true", "false", "none", "ellipsis", "string_content"))


def _table(by_name: dict[str, int]) -> list[int]:
    return [by_name.get(LANGUAGE.node_kind_for_id(at) or "", 0) for at in _KINDS]


# Tables by kind, as long as to have the error node's: it is entered, and says nothing.
CODES: list[int] = [*_table({name: ord(letter) for name, letter in _CODES.items()}), *[0] * (_BEYOND + 1)]
DESCENDS: list[bool] = [
    *(
        LANGUAGE.node_kind_is_named(at) and (LANGUAGE.node_kind_for_id(at) or "") not in _LEAVES
        for at in _KINDS
    ),
    *[True] * (_BEYOND + 1),
]
"""Whether a kind may have children that the walk looks at: not so for keywords, punctuation and names."""
VISITS: list[int] = [
    visit or (NOTHING if CODES[at] or DESCENDS[at] else SKIPPED) for at, visit in enumerate(_table(_VISITS))
] + [NOTHING] * (_BEYOND + 1)
KIND_NAMES: list[str] = [LANGUAGE.node_kind_for_id(at) or "" for at in _KINDS]


def kind_name(node: Node) -> str:
    """The name of a node's kind; empty for an error node."""
    kind = node.kind_id
    return KIND_NAMES[kind] if kind != ERROR_KIND else ""


def parse(data: bytes) -> Tree:
    """The tree of UTF-8 text; any bytes give a tree, with error nodes where they are no Python."""
    return Parser(LANGUAGE).parse(data)
