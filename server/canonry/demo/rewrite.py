"""A function as somebody else might write it down: another name, other names inside, no docstring."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterator
from dataclasses import dataclass

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

from canonry.syntax.tree import parameter_name

LANGUAGE = Language(tree_sitter_python.language())

SYNONYMS = {
    "add": "append", "append": "add", "build": "make", "calculate": "work_out", "check": "examine",
    "clean": "tidy", "compute": "work_out", "convert": "turn", "create": "make", "decode": "unpack",
    "delete": "drop", "encode": "pack", "extract": "take", "fetch": "get", "find": "look_up",
    "has": "contains", "can": "may", "should": "must",
    "format": "render", "generate": "make", "get": "fetch", "is": "looks_like", "join": "combine",
    "load": "read", "make": "build", "merge": "combine", "normalize": "clean", "parse": "read",
    "process": "handle", "read": "load", "remove": "drop", "render": "format", "resolve": "work_out",
    "save": "store", "send": "post", "split": "cut", "to": "as", "update": "change", "validate": "check",
    "wrap": "enclose", "write": "store",
}  # fmt: skip
"""Another word for the verb of a name."""

LOCALS = ("value", "item", "part", "other", "thing", "extra", "first", "second", "third", "fourth")
"""What parameters and local variables are called instead."""


def parse(source: bytes) -> Tree:
    """The syntax tree of Python source, however broken it is."""
    return Parser(LANGUAGE).parse(source)


@dataclass(frozen=True)
class Rewritten:
    """A function under other names."""

    name: str
    source: str
    needs: frozenset[str]
    """The names that it uses and does not define: builtins are left out."""
    lines: int
    """Of its body."""


def rewritten(function: Node, taken: frozenset[str]) -> Rewritten | None:
    """The function under a name that is not `taken`; None for one that cannot be renamed mechanically.

    That is one with functions, classes, `global`, `match` or deletions inside.
    """
    if any(node.type in _UNFIT for node in _walk(function.child_by_field_name("body"))):
        return None
    name = _text(function.child_by_field_name("name"))
    bound = _bound(function)
    uses = [node for node in _walk(function) if node.type == "identifier" and _is_variable(node)]
    free = {_text(node) for node in uses} - bound - {name}
    blocked = free | bound | taken | set(keyword.kwlist) | set(keyword.softkwlist)
    renamed = dict(zip(_in_order(uses, bound), _fresh(blocked), strict=False))
    if len(renamed) < len(bound & {_text(node) for node in uses}):
        return None
    new_name = _other_name(name, blocked)
    docstring = _docstring(function)
    edits = {
        node.start_byte: (node.end_byte, renamed[_text(node)]) for node in uses if _text(node) in renamed
    }
    for node in _walk(function):  # calls of itself, and its own name
        if node.type == "identifier" and _text(node) == name and node.start_byte not in edits:
            edits[node.start_byte] = (node.end_byte, new_name)
    source = _edited(function, edits, docstring)
    body = function.child_by_field_name("body")
    header = body.start_point.row - function.start_point.row if body is not None else 0
    return Rewritten(
        new_name, source, frozenset(free - set(dir(builtins))), source.count("\n") - max(header, 1)
    )


_UNFIT = frozenset(
    {
        "ERROR", "class_definition", "delete_statement", "function_definition", "global_statement",
        "import_from_statement", "import_statement", "match_statement", "nonlocal_statement",
    }
)  # fmt: skip


def _walk(node: Node | None) -> Iterator[Node]:
    pending = [node] if node is not None else []
    while pending:
        at = pending.pop()
        yield at
        pending.extend(reversed(at.children))


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def _is_variable(node: Node) -> bool:
    """Whether an identifier is a variable: no attribute, no keyword, not the function's own name."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "attribute":
        return parent.child_by_field_name("attribute") != node
    if parent.type in ("keyword_argument", "function_definition"):
        return parent.child_by_field_name("name") != node
    return True


def _bound(function: Node) -> set[str]:
    """Parameters and every name that the body binds."""
    names: set[str] = set()
    for node in _walk(function):
        if node.type in ("parameters", "lambda_parameters"):
            names |= {_text(parameter_name(one)) for one in node.named_children}
        elif node.type in ("assignment", "augmented_assignment", "for_statement", "for_in_clause"):
            names |= _targets(node.child_by_field_name("left"))
        elif node.type == "named_expression":
            names |= _targets(node.child_by_field_name("name"))
        elif node.type == "as_pattern_target":
            names |= _targets(node)
    return names - {""}


def _targets(node: Node | None) -> set[str]:
    """The variables that a target binds; `a.b` and `a[0]` bind none."""
    if node is None or node.type in ("attribute", "subscript"):
        return set()
    if node.type == "identifier":
        return {_text(node)}
    return set().union(*(_targets(child) for child in node.named_children))


def _in_order(uses: list[Node], bound: set[str]) -> list[str]:
    """The bound names in the order of their first use; `self` and the like keep theirs."""
    ordered = dict.fromkeys(_text(node) for node in sorted(uses, key=lambda node: node.start_byte))
    return [name for name in ordered if name in bound and name not in ("self", "cls", "_")]


def _fresh(blocked: set[str]) -> Iterator[str]:
    for suffix in ("", "_2", "_3"):
        yield from (f"{name}{suffix}" for name in LOCALS if f"{name}{suffix}" not in blocked)


def _other_name(name: str, blocked: set[str]) -> str:
    underscore = "_" if name.startswith("_") else ""
    words = name.lstrip("_").split("_")
    verb = next((at for at, word in enumerate(words) if word in SYNONYMS), None)
    if verb is None:
        words.insert(0, "do")
    else:
        words[verb] = SYNONYMS[words[verb]]
    new = "_".join(words)
    new = underscore + new
    while new in blocked:
        new += "_again"
    return new


def _docstring(function: Node) -> Node | None:
    body = function.child_by_field_name("body")
    first = body.named_children[0] if body is not None and body.named_children else None
    holds = first is not None and first.type == "expression_statement" and first.named_child_count == 1
    return first if first is not None and holds and first.named_children[0].type == "string" else None


def _edited(function: Node, edits: dict[int, tuple[int, str]], docstring: Node | None) -> str:
    """The function's source with the edits made and its docstring left out."""
    source = function.text or b""
    base = function.start_byte
    if docstring is not None:
        following = docstring.next_named_sibling
        if following is not None:
            edits = {
                at: edit for at, edit in edits.items() if not docstring.start_byte <= at < docstring.end_byte
            }
            edits[docstring.start_byte] = (following.start_byte, "")
    for start, (end, new) in sorted(edits.items(), reverse=True):
        source = source[: start - base] + new.encode() + source[end - base :]
    lines = source.decode("utf-8", "replace").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"
