"""The decorators of functions and classes."""

from __future__ import annotations

from tree_sitter import Node

from canonry.syntax import ModuleTree, Scope


def decorators_of(scope: Scope) -> list[Node]:
    """The expressions of a definition's decorators, in order: calls as they are."""
    above = scope.node.parent
    if above is None or above.type != "decorated_definition":
        return []
    return [
        one.named_children[0]
        for one in above.named_children
        if one.type == "decorator" and one.named_children
    ]


def called(decorator: Node) -> Node:
    """The decorator itself, without the arguments that it may be given."""
    function = decorator.child_by_field_name("function") if decorator.type == "call" else None
    return function or decorator


def last_names(scope: Scope, tree: ModuleTree) -> set[str]:
    """The last names of a definition's decorators: `fixture` of `@pytest.fixture(scope="module")`."""
    return {tree.text(called(one)).rpartition(".")[2] for one in decorators_of(scope)}


def written_above(scope: Scope, tree: ModuleTree) -> bytes:
    """All that is written of a definition's decorators; b"" where it has none."""
    above = scope.node.parent
    if above is None or above.type != "decorated_definition":
        return b""
    return tree.data[above.start_byte : scope.node.start_byte]
