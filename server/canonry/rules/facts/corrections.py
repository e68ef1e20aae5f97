"""The change that puts a lesson's correct form where its wrong form stands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tree_sitter import Node

from canonry.model import Range, Refusal, SymbolKind, TextEdit
from canonry.rules.base import Module, RuleContext
from canonry.rules.facts.checked import checked
from canonry.scopes.lessons import Check
from canonry.syntax.forms import Form, Found
from canonry.syntax.tree import ModuleTree

_STANDARD = frozenset(sys.stdlib_module_names)
_CLOSED = frozenset(
    (
        "attribute",
        "call",
        "dictionary",
        "false",
        "float",
        "identifier",
        "integer",
        "list",
        "none",
        "parenthesized_expression",
        "set",
        "string",
        "subscript",
        "true",
        "tuple",
    )
)
"""Expressions that mean the same wherever they are put."""
_OPEN_PLACES = frozenset(
    ("argument_list", "assignment", "expression_statement", "keyword_argument", "return_statement")
)
"""What takes any expression without parentheses."""


def correction(
    module: Module, context: RuleContext, found: Found, check: Check
) -> Sequence[TextEdit] | Refusal:
    """The edits of a place of the wrong form. Refused where a comment would be lost or a name is unknown."""
    correct = check.pair.correct
    if correct is None:
        return Refusal("the lesson says nothing that could stand here")
    tree = module.tree
    if any(one.start_byte < found.end and found.start < one.end_byte for one in tree.nodes("comment")):
        return Refusal("a comment in between would be lost")
    function = tree.own_scope(found.nodes[0]).function
    awaits = any(leaf.type == "await" for node in correct.nodes for leaf in correct.leaves(node))
    if awaits and (function is None or not function.is_async):
        return Refusal("`await` needs an async function around it")
    if correct.imports:
        return checked(module, [TextEdit(_range(found, tree), correct.text)])
    names = _Spelling(module, context, found, check.wrong)
    text = _filled(correct, found, tree, names.of)
    if names.unknown:
        return Refusal(f"`{names.unknown}` is not known in this module")
    if _is_tight(correct, found):
        text = f"({text})"
    column = tree.source.column(*found.nodes[0].start_point)
    text = text.replace("\n", "\n" + " " * column)
    return checked(module, [TextEdit(_range(found, tree), text), *names.edits])


def _range(found: Found, tree: ModuleTree) -> Range:
    return Range(tree.range(found.nodes[0]).start, tree.range(found.nodes[-1]).end)


def _filled(correct: Form, found: Found, tree: ModuleTree, spelt: Callable[[str, Node, Form], str]) -> str:
    """The text of the correct form with its holes filled and its names as the module spells them."""
    data, start = correct.tree.data, correct.nodes[0].start_byte
    parts: list[bytes] = []
    at = start
    for node in correct.nodes:
        for leaf in correct.leaves(node):
            if leaf.type != "identifier" or _is_member(leaf):
                continue
            name = correct.tree.text(leaf)
            filler = found.holes.get(name) if name in correct.holes else None
            if filler is not None:
                text = tree.text(filler)
                if (
                    filler.type not in _CLOSED
                    and leaf.parent is not None
                    and leaf.parent.type not in _OPEN_PLACES
                ):
                    text = f"({text})"
            else:
                text = spelt(name, leaf, correct)
            parts += [data[at : leaf.start_byte], text.encode()]
            at = leaf.end_byte
    parts.append(data[at : correct.nodes[-1].end_byte])
    whole = b"".join(parts).decode("utf-8", "replace")
    indent = " " * correct.nodes[0].start_point[1]
    return whole.replace("\n" + indent, "\n")


def _is_member(leaf: Node) -> bool:
    """Whether a name is that of an attribute or of a keyword argument."""
    above = leaf.parent
    if above is None:
        return False
    if above.type == "attribute":
        return above.child_by_field_name("attribute") == leaf
    return above.type == "keyword_argument" and above.child_by_field_name("name") == leaf


def _is_tight(correct: Form, found: Found) -> bool:
    """Whether an expression needs parentheses in its place."""
    above = found.nodes[0].parent
    node = correct.nodes[0]
    if len(correct.nodes) > 1 or node.type in _CLOSED or node.type.endswith(("_statement", "_definition")):
        return False
    if node.type in ("assignment", "augmented_assignment", "keyword_argument", "decorator", "except_clause"):
        return False
    return above is not None and above.type not in (*_OPEN_PLACES, "block", "module")


class _Spelling:
    """How the module calls what the correct form names, and the imports that it needs for it."""

    def __init__(self, module: Module, context: RuleContext, found: Found, wrong: Form) -> None:
        self.edits: list[TextEdit] = []
        self.unknown = ""
        self._module = module
        self._context = context
        self._found = found
        self._scope = module.tree.own_scope(found.nodes[0])
        self._wrong = wrong

    def of(self, name: str, leaf: Node, correct: Form) -> str:
        tree = self._module.tree
        imported = next((one for one in correct.tree.facts.imports if one.alias == name), None)
        if imported is not None:
            known = self._bound_to(imported.stands_for)
            if known:
                return known
            alias = f" as {name}" if imported.name and imported.name != name else ""
            if imported.name:
                self._import(f"from {imported.module} import {imported.name}{alias}")
            else:
                plain = imported.stands_for == name
                self._import(f"import {imported.module}" + ("" if plain else f" as {name}"))
            return name
        bound = tree.lookup(name, self._scope)
        if name in correct.bound or (tree.binds(name, self._scope) and not self._is_another(name, bound)):
            return name
        known = self._bound_to(name)
        if known:
            return known
        if tree.binds(name, self._scope):
            self.unknown = self.unknown or name
            return name
        own = [one for one in self._context.definitions_named(name) if one.importable]
        own = [one for one in own if one.kind is not SymbolKind.METHOD]
        if len({one.qualified_name for one in own}) == 1:
            self.edits.append(self._module.import_name(own[0].module, name))
            return name
        above = leaf.parent
        is_head = above is not None and above.type == "attribute"
        if is_head and (name in _STANDARD or self._is_module(name)):
            self._import(f"import {name}")
            return name
        self.unknown = self.unknown or name
        return name

    def _import(self, statement: str) -> None:
        edit = self._module.add_import(statement)
        if edit not in self.edits:
            self.edits.append(edit)

    def _bound_to(self, dotted: str) -> str:
        """The name under which the module has something at its top level."""
        bound = self._module.tree.module_scope.bound
        return next((name for name, stands_for in bound.items() if stands_for == dotted), "")

    def _is_module(self, name: str) -> bool:
        """Whether a name is that of the module which the wrong form uses here."""
        tree = self._module.tree
        called = {one.name for node in self._found.nodes for one in tree.calls_within(node)}
        return any(one.partition(".")[0] == name and one in called for one in self._wrong.called)

    def _is_another(self, name: str, bound: str) -> bool:
        """Whether a name is bound to something else than the module that the lesson means by it."""
        return bound != name and self._is_module(name)
