"""Example code -> its statements, complete and parsed; the essence of one, and what is different in two."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tree_sitter import Node

from canonry.syntax.forms.form import IMPORTS, STANDS_FOR_OBJECT
from canonry.syntax.module import parse_tree
from canonry.syntax.tree import ModuleTree

PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
"""A name that says nothing of what it is."""

_PLACEHOLDER = re.compile(r"<([A-Za-z][\w \-]*)>")
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. )", re.MULTILINE)
_KEYWORD = re.compile(r"\*{0,2}[^\W\d]\w*=[^=\s]")
_VALUES = (
    "attribute",
    "await",
    "binary_operator",
    "call",
    "identifier",
    "list",
    "string",
    "subscript",
    "tuple",
)
"""What may stand in the place of a call."""


@dataclass(frozen=True)
class Example:
    """What is meant of an example's code: statements that follow each other, or one node."""

    tree: ModuleTree
    nodes: tuple[Node, ...]
    is_async: bool = False


def read_example(code: str) -> Example | str:
    """The code of an example, made complete where it is a part of a statement; or why it cannot be read."""
    text = textwrap.dedent(code.expandtabs(4)).strip("\n").rstrip().replace("…", "...")
    if ">>> " in text:
        text = _PROMPT.sub("", text)
    if not text.strip():
        return "it is empty"
    text = text.strip() if "\n" not in text else text
    for attempt in (text, _PLACEHOLDER.sub(lambda found: re.sub(r"\W", "_", found[1]).lower(), text)):
        for whole, kind in _completed(attempt):
            tree = parse_tree(whole)
            if not tree.broken:
                nodes = _meant(tree, kind)
                return Example(tree, nodes) if nodes else "it has no code in it"
    return "it is no Python that can be read"


def plain(example: Example) -> Example:
    """The example without imports beside other code, and without the expression's statement around it."""
    nodes = example.nodes
    code = tuple(one for one in nodes if one.type not in IMPORTS and not _is_text(one))
    nodes = code or nodes
    if len(nodes) == 1 and nodes[0].type == "expression_statement" and nodes[0].named_child_count == 1:
        nodes = (nodes[0].named_children[0],)
    return replace(example, nodes=nodes)


def unwrapped(example: Example) -> Example:
    """The essence of an example that stands alone: a function's body, the value of one assignment."""
    example = plain(example)
    inner = _into_body(example)
    while inner is not None:
        example, inner = inner, _into_body(inner)
    node = example.nodes[0]
    if len(example.nodes) == 1 and node.type == "assignment":
        left, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        called = value.named_children[0] if value is not None and value.type == "await" else value
        if left is not None and value is not None and called is not None:
            is_plain = left.type == "identifier" and PLAIN.fullmatch(example.tree.text(left))
            if is_plain and called.type == "call":
                return replace(example, nodes=(value,))
    return example


def different(one: Example, other: Example) -> tuple[Example, Example]:
    """What is different in two examples: equal statements around it are left out, equal code entered."""
    one, other = _trimmed(plain(one), plain(other))
    inner = _into_body(one), _into_body(other)
    while inner[0] is not None and inner[1] is not None:
        one, other = _trimmed(inner[0], inner[1])
        inner = _into_body(one), _into_body(other)
    if inner[0] is not None and other.nodes[0].type not in ("function_definition", "decorated_definition"):
        return unwrapped(one), other
    if len(one.nodes) == len(other.nodes) == 1:
        calls = _different_call(one, one.nodes[0], other, other.nodes[0])
        if calls is not None:
            return replace(one, nodes=(calls[0],)), replace(other, nodes=(calls[1],))
    return one, other


def same(one: Example, node: Node, other: Example, second: Node) -> bool:
    """Whether two nodes are written alike, but for white space."""
    return "".join(one.tree.text(node).split()) == "".join(other.tree.text(second).split())


def _completed(text: str) -> Iterator[tuple[str, str]]:
    """Texts that may parse, each with the kind of node in it that is meant ("" for all statements)."""
    if "\n" not in text and _KEYWORD.match(text):
        yield f"{STANDS_FOR_OBJECT}({text})", "keyword_argument"
    yield text, ""
    if text.startswith("@"):
        yield f"{text}\ndef {STANDS_FOR_OBJECT}():\n    ...", "decorator"
    if text.startswith(("except", "finally")):
        body = "\n    ..." if text.endswith(":") else ""
        kind = "except_clause" if text.startswith("except") else "finally_clause"
        yield f"try:\n    ...\n{text}{body}", kind
    if text.endswith(":"):
        indent = len(text.splitlines()[-1]) - len(text.splitlines()[-1].lstrip()) + 4
        yield f"{text}\n{' ' * indent}...", ""
    if text.startswith("."):
        yield f"{STANDS_FOR_OBJECT}{text}", ""


def _meant(tree: ModuleTree, kind: str) -> tuple[Node, ...]:
    statements = [one for one in tree.statements if one.type != "comment"]
    if not kind:
        return tuple(statements)
    todo = statements
    while todo:
        node = todo.pop(0)
        if node.type == kind:
            return (node,)
        todo.extend(node.children)
    return ()


def _statements(nodes: Sequence[Node]) -> list[Node]:
    return [one for one in nodes if one.type != "comment"]


def _body(node: Node) -> list[Node]:
    held = node.child_by_field_name("body")
    found = _statements(held.named_children) if held is not None else []
    if len(found) > 1 and _is_text(found[0]):
        found = found[1:]
    return found


def _is_text(node: Node) -> bool:
    return node.type == "expression_statement" and node.children[0].type == "string"


def _into_body(example: Example) -> Example | None:
    """What is in the one function or class that an example is."""
    node = example.nodes[0]
    if node.type == "decorated_definition":
        node = node.child_by_field_name("definition") or node
    if len(example.nodes) != 1 or node.type not in ("function_definition", "class_definition"):
        return None
    body = _body(node)
    if not body or all(_is_anything(one) for one in body):
        return None
    is_async = example.is_async or node.children[0].type == "async"
    return plain(Example(example.tree, tuple(body), is_async))


def _is_anything(node: Node) -> bool:
    if node.type == "expression_statement" and node.named_child_count == 1:
        node = node.named_children[0]
    return node.type == "ellipsis"


def _different_call(one: Example, first: Node, other: Example, second: Node) -> tuple[Node, Node] | None:
    """The innermost calls in two nodes outside of which nothing is different; None where there are none."""
    inner = None
    if first.type == second.type and len(first.children) == len(second.children):
        apart = [
            pair
            for pair in zip(first.children, second.children, strict=True)
            if not same(one, pair[0], other, pair[1])
        ]
        inner = _different_call(one, apart[0][0], other, apart[0][1]) if len(apart) == 1 else None
    if inner is not None:
        return inner
    return (first, second) if first.type in ("call", "await") and second.type in _VALUES else None


def _trimmed(one: Example, other: Example) -> tuple[Example, Example]:
    first, second = list(one.nodes), list(other.nodes)
    if len(first) == len(second) == 1:
        return one, other
    while len(first) > 1 and len(second) > 1 and same(one, first[0], other, second[0]):
        del first[0], second[0]
    while len(first) > 1 and len(second) > 1 and same(one, first[-1], other, second[-1]):
        del first[-1], second[-1]
    return plain(replace(one, nodes=tuple(first))), plain(replace(other, nodes=tuple(second)))
