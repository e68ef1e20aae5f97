"""A form: example code that can be found in modules, with holes that anything fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from canonry.syntax.facts import Import
from canonry.syntax.tree import ModuleTree

IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
STANDS_FOR_OBJECT = "_it"
"""The name put before an example that begins with a dot."""

_PARTS = ("decorator", "except_clause", "finally_clause", "keyword_argument")


@dataclass(frozen=True, eq=False)
class Form:
    """Example code that can be found in modules."""

    tree: ModuleTree
    """Of the whole example, with whatever makes it complete."""
    nodes: tuple[Node, ...]
    """An expression or a part of a statement; or statements that follow each other."""
    holes: frozenset[str]
    anchor: str
    """A name or word without which nothing can be a place of this form."""
    is_async: bool = False
    """Found in async functions only."""
    imports: tuple[Import, ...] = ()
    """The names that are imported, where the form is import statements alone."""

    @property
    def text(self) -> str:
        """The source of the form."""
        data = self.tree.data[self.nodes[0].start_byte : self.nodes[-1].end_byte].decode("utf-8", "replace")
        return _dedented(data, self.nodes[0].start_point[1]).removeprefix(STANDS_FOR_OBJECT)

    @property
    def named(self) -> str:
        """The dotted name that the form names or calls with nothing in particular; "" for any other form."""
        node = self.nodes[0]
        if len(self.nodes) > 1 or self.imports:
            return ""
        if node.type == "await":
            node = node.named_children[0]
        if node.type == "call":
            arguments = node.child_by_field_name("arguments")
            if arguments is None or arguments.type != "argument_list":
                return ""
            given = [one for one in arguments.named_children if one.type not in ("comment", "ellipsis")]
            if any(one.type != "identifier" or self.tree.text(one) not in self.holes for one in given):
                return ""
            node = node.children[0]
        chain = dotted_text(node, self.tree)
        if not chain or chain.partition(".")[0] in self.holes:
            return ""
        return self._outside(node) or chain

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name in it that is no hole."""
        leaves = (leaf for node in self.nodes for leaf in leaves_of(node))
        return frozenset(self.tree.text(one) for one in leaves if one.type == "identifier") - self.holes

    @cached_property
    def bound(self) -> frozenset[str]:
        """Names that the example binds itself, otherwise than by an import."""
        return bound_names(self.tree)

    def leaves(self, node: Node) -> Iterator[Node]:
        """The tokens of a node in order; a text without expressions in it is one."""
        yield from leaves_of(node)

    @cached_property
    def called(self) -> tuple[str, ...]:
        """The dotted names of what it calls, or of what it is; outermost first."""
        found: list[str] = []
        for node in self.nodes:
            called = [one.function for one in self.tree.calls_within(node)]
            for function in called or [node]:
                chain = dotted_text(function, self.tree)
                if chain and chain.partition(".")[0] not in self.holes:
                    found.append(self._outside(function) or chain)
        return tuple(dict.fromkeys(found))

    def _outside(self, node: Node) -> str:
        """What a name stands for that the example imports; "" for any other."""
        resolved = self.tree.resolve(node)
        return resolved if not resolved.startswith(("__main__.", "builtins.")) else ""


@dataclass(frozen=True)
class Pair:
    """A form, and what is to stand in its place."""

    wrong: Form
    correct: Form | None = None
    replaces: bool = False
    """Whether the correct form can stand where the wrong one stood, as it is."""


def is_expression(form: Form) -> bool:
    """Whether a form is an expression: not statements, nor a part of one."""
    node = form.nodes[0]
    if len(form.nodes) > 1 or node.type in _PARTS or node.type in IMPORTS:
        return False
    return not node.type.endswith(("_statement", "_definition")) and node.type not in (
        "assignment",
        "augmented_assignment",
    )


def dotted_text(node: Node, tree: ModuleTree) -> str:
    """A name or chain of attributes as it is written; "" for anything else."""
    names: list[str] = []
    while node.type == "attribute":
        held, last = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if held is None or last is None:
            return ""
        names.append(tree.text(last))
        node = held
    return ".".join((tree.text(node), *reversed(names))) if node.type == "identifier" else ""


def leaves_of(node: Node) -> Iterator[Node]:
    """The tokens of a node in order; a text without expressions in it is one."""
    if (
        node.type == "string" and not any(one.type == "interpolation" for one in node.children)
    ) or not node.children:
        yield node
    else:
        for one in node.children:
            yield from leaves_of(one)


def bound_names(tree: ModuleTree) -> frozenset[str]:
    """Names that a module binds, otherwise than by an import."""
    imported = {one.alias for one in tree.facts.imports}
    return frozenset(name for scope in tree.scopes.all() for name in scope.bound if name not in imported)


def _dedented(text: str, column: int) -> str:
    first, newline, rest = text.partition("\n")
    cut = " " * column
    return first + newline + "\n".join(line.removeprefix(cut) for line in rest.split("\n"))
