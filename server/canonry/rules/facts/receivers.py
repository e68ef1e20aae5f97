"""Whose method is called: the class of what a local variable, a parameter or a fresh instance holds."""

from __future__ import annotations

from tree_sitter import Node

from canonry.syntax import Call, ModuleTree


def method_called(call: Call, tree: ModuleTree) -> str:
    """The dotted name of what is called, as `Call.name`, or where that is unknown of the method of a class:
    `Shop().open()`, `shop = Shop()` and then `shop.open()`, `shop: Shop` among the parameters.

    "" where it cannot be told. What begins with a capital letter is taken for a class.
    """
    if call.name or call.function.type != "attribute":
        return call.name
    held, last = (call.function.child_by_field_name(one) for one in ("object", "attribute"))
    of = _class_of(held, call, tree) if held is not None and last is not None else ""
    return f"{of}.{tree.text(last)}" if of and last is not None else ""


def _class_of(held: Node, call: Call, tree: ModuleTree) -> str:
    """The class that an expression is an instance of; "" where it cannot be told."""
    if held.type == "call":
        return _class_named(held.child_by_field_name("function"), tree)
    function = call.scope.function
    if held.type != "identifier" or function is None:
        return ""
    binders = tree.binders(tree.text(held), function)
    above = binders[0].parent if len(binders) == 1 else None
    if above is None:
        return ""
    if above.type == "assignment":
        value = above.child_by_field_name("right")
        return _class_of(value, call, tree) if value is not None and value.type == "call" else ""
    if above.type in ("typed_parameter", "typed_default_parameter"):
        annotation = above.child_by_field_name("type")
        named = annotation.named_children[0] if annotation is not None and annotation.named_children else None
        return _class_named(named, tree)
    return ""


def _class_named(node: Node | None, tree: ModuleTree) -> str:
    """The dotted name that an expression stands for, if it is that of a class."""
    dotted = tree.resolve(node) if node is not None and node.type in ("identifier", "attribute") else ""
    return dotted if dotted.rpartition(".")[2][:1].isupper() else ""
