"""Example code -> a form: what of it has to be there, and what is a hole that anything fills.

Names that an example binds, and plain lower-case names that it passes on as values, are holes: `url` in
`requests.get(url)`. Names that are called or whose attributes are read, constants, capitalised names,
builtins and what the example imports are meant as they stand. `...` stands for anything, also for nothing
where there may be several.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from tree_sitter import Node

from canonry.syntax.forms.example import PLAIN, Example, different, plain, read_example, same, unwrapped
from canonry.syntax.forms.form import (
    IMPORTS,
    STANDS_FOR_OBJECT,
    Form,
    Pair,
    bound_names,
    is_expression,
    leaves_of,
)
from canonry.syntax.tree import ModuleTree

_BUILTINS = frozenset(dir(builtins)) | {"self", "cls", "super"}
_CONSTANTS = ("none", "true", "false")
_TELLING_WORDS = ("except", "global", "nonlocal")
"""Keywords that are rare enough to be looked for by themselves."""
_PASSED = frozenset(
    (
        "argument_list",
        "binary_operator",
        "boolean_operator",
        "comparison_operator",
        "conditional_expression",
        "dictionary_splat",
        "expression_list",
        "format_expression",
        "interpolation",
        "list",
        "list_splat",
        "not_operator",
        "pair",
        "parenthesized_expression",
        "return_statement",
        "set",
        "tuple",
        "unary_operator",
    )
)
"""What holds a name as a value that is passed on."""


def read_form(code: str) -> Form | str:
    """The form of an example; where there is none, why, in a few words."""
    found = read_example(code)
    return found if isinstance(found, str) else _finished(found)


def read_pair(wrong: str, correct: str | None) -> Pair | str:
    """The form of an example and that of its counterpart; of both only what is different.

    A string says why the wrong example cannot be used; a correct one that cannot is left out.
    """
    one = read_example(wrong)
    if isinstance(one, str):
        return one
    other = read_example(correct) if correct is not None else None
    if other is None or isinstance(other, str):
        made = _finished(unwrapped(one))
        return made if isinstance(made, str) else Pair(made)
    one, other = different(one, other)
    if all(any(same(one, node, other, right) for right in other.nodes) for node in one.nodes):
        return "all of it stands in the correct form too"
    made, counterpart = _finished(one), _finished(other, anchored=False)
    if isinstance(counterpart, Form) and isinstance(made, Form) and _alike(made, counterpart):
        # They differ in names alone, so the names are what is meant.
        made = _finished(one, literal=True)
        counterpart = _finished(other, literal=True, anchored=False)
    if isinstance(made, str):
        return made
    if isinstance(counterpart, str):
        return Pair(made)
    return Pair(made, counterpart, _goes_in_place(made, counterpart))


# Holes and anchors


def _finished(example: Example, literal: bool = False, anchored: bool = True) -> Form | str:
    example = plain(example)
    tree, nodes = example.tree, example.nodes
    if all(one.type in IMPORTS for one in nodes):
        names = tuple(name for one in tree.import_statements for name in one.names)
        last = names[0].name or names[0].module if names else ""
        anchor = (names[0].module if last == "*" else last).rpartition(".")[2]
        return Form(tree, nodes, frozenset(), anchor, imports=names) if names else "it imports nothing"
    leaves = [leaf for node in nodes for leaf in leaves_of(node)]
    holes = frozenset() if literal else _holes(tree, leaves)
    anchor = _anchor(tree, nodes, leaves, holes)
    if not anchor and holes and anchored:
        holes = frozenset()
        anchor = _anchor(tree, nodes, leaves, holes)
    if not anchor and anchored:
        return "it has no name in it by which it could be found"
    return Form(tree, nodes, holes, anchor, example.is_async)


def _holes(tree: ModuleTree, leaves: Sequence[Node]) -> frozenset[str]:
    imported = {one.alias for one in tree.facts.imports}
    bound = {name for name in bound_names(tree) if not name.isupper()}
    found: set[str] = set()
    called: set[str] = set()
    for leaf in leaves:
        name = tree.text(leaf)
        if leaf.type != "identifier" or name in imported or name in _BUILTINS:
            continue
        above = leaf.parent
        if above is None or (above.type == "attribute" and above.child_by_field_name("attribute") == leaf):
            continue
        if above.type == "keyword_argument" and above.child_by_field_name("name") == leaf:
            continue
        if name in bound:
            found.add(name)
        elif above.type in ("call", "attribute", "decorator"):
            called.add(name)
        elif PLAIN.fullmatch(name) and not name.startswith("__") and _is_passed(leaf, above):
            found.add(name)
    return frozenset((found - called) | {STANDS_FOR_OBJECT})


def _is_passed(leaf: Node, above: Node) -> bool:
    """Whether a name stands where a value is passed on."""
    if above.type in _PASSED:
        return True
    if above.type in ("keyword_argument", "default_parameter"):
        return above.child_by_field_name("value") == leaf
    if above.type in ("assignment", "augmented_assignment", "for_statement", "for_in_clause"):
        return above.child_by_field_name("right") == leaf
    return above.type == "subscript" and above.child_by_field_name("value") != leaf


def _anchor(tree: ModuleTree, nodes: Sequence[Node], leaves: Sequence[Node], holes: frozenset[str]) -> str:
    """The longest name that must stand in any place of the form; heads of chains only if nothing else is."""
    last: list[str] = []
    heads: list[str] = []
    for leaf in leaves:
        name = tree.text(leaf)
        if leaf.type != "identifier" or name in holes:
            continue
        above = leaf.parent
        is_head = (
            above is not None and above.type == "attribute" and above.child_by_field_name("attribute") != leaf
        )
        (heads if is_head else last).append(name)
    for some in (last, heads):
        if some:
            return max(some, key=len)
    if len(nodes) == 1 and nodes[0].type == "comparison_operator":
        constants = [tree.text(leaf) for leaf in leaves if leaf.type in _CONSTANTS]
        return constants[0] if constants else ""
    words = [leaf.type for leaf in leaves if leaf.type in _TELLING_WORDS]
    return words[0] if words else ""


def _alike(one: Form, other: Form) -> bool:
    """Whether two forms are the same with their holes taken for one another."""
    return _skeleton(one) == _skeleton(other)


def _skeleton(form: Form) -> list[str]:
    texts = [form.tree.text(leaf) for node in form.nodes for leaf in leaves_of(node)]
    return ["\0" if text in form.holes else text for text in texts]


def _goes_in_place(wrong: Form, correct: Form) -> bool:
    """Whether all that the correct form needs is known from a place of the wrong one, and it fits there."""
    if bool(wrong.imports) != bool(correct.imports):
        return False
    leaves = [leaf for node in correct.nodes for leaf in leaves_of(node)]
    if any(leaf.type == "ellipsis" for leaf in leaves):
        return False
    used = {correct.tree.text(leaf) for leaf in leaves if leaf.type == "identifier"}
    given = {wrong.tree.text(leaf) for node in wrong.nodes for leaf in leaves_of(node)}
    if not (used & correct.holes) <= (given & wrong.holes):
        return False
    return is_expression(wrong) == is_expression(correct)
