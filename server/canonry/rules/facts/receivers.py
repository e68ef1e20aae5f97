"""Whose method is called: the class of what a local variable, a parameter or a fresh instance holds."""

from __future__ import annotations

from tree_sitter import Node

from canonry.syntax import Call, ModuleTree, Scope


def method_called(call: Call, tree: ModuleTree) -> str:
    """The dotted name of what is called, as `Call.name`, or where that is unknown of the method of a class:
    `Shop().open()`, `shop = Shop()` and then `shop.open()`, `shop: Shop` among the parameters, `self.shop`
    that one assignment of the class makes one of these.

    "" where it cannot be told. What begins with a capital letter is taken for a class.
    """
    function = call.function
    if call.name and call.piece.text(function).count(b".") < 2:
        return call.name  # a name, or an attribute of one: what most calls are of
    if function.type != "attribute":
        return call.name
    held, last = function.child_by_field_name("object"), function.child_by_field_name("attribute")
    if held is None or last is None or (call.name and held.type != "attribute"):
        return call.name
    of = _class_of(held, call, tree)
    return f"{of}.{tree.text(last)}" if of else call.name


def method_of_global(call: Call, tree: ModuleTree) -> str:
    """The same for a name of the module that one assignment makes an instance: `shop = Shop()` at the left
    margin and then `shop.open()` in a function.
    """
    held, last = (call.function.child_by_field_name(one) for one in ("object", "attribute"))
    if held is None or last is None or held.type != "identifier" or not call.name:
        return method_called(call, tree)
    module = tree.scopes.module
    if tree.lookup(tree.text(held), call.scope) != module.bound.get(tree.text(held)):
        return method_called(call, tree)
    binders = tree.binders(tree.text(held), module)
    above = binders[0].parent if len(binders) == 1 else None
    value = above.child_by_field_name("right") if above is not None and above.type == "assignment" else None
    called = value.child_by_field_name("function") if value is not None and value.type == "call" else None
    of = _class_named(called, tree)
    return f"{of}.{tree.text(last)}" if of else method_called(call, tree)


def _class_of(held: Node, call: Call, tree: ModuleTree) -> str:
    """The class that an expression is an instance of; "" where it cannot be told."""
    if held.type == "call":
        return _class_named(held.child_by_field_name("function"), tree)
    function = call.scope.function
    if held.type == "attribute":
        return _class_kept(held, call, tree)
    return _class_bound(held, function, call, tree) if held.type == "identifier" and function else ""


def _class_kept(held: Node, call: Call, tree: ModuleTree) -> str:
    """The class of what an attribute of the instance holds, where one assignment of its class gives it."""
    owner = call.scope.enclosing_class
    function = call.scope.function
    head, name = (held.child_by_field_name(one) for one in ("object", "attribute"))
    if owner is None or function is None or not function.is_method or head is None or name is None:
        return ""
    if tree.text(head) != function.first_parameter:
        return ""
    found = tree.once(_kept, owner.start).get(tree.text(name), [])
    if len(found) != 1:
        return ""
    annotation, value = (found[0].child_by_field_name(one) for one in ("type", "right"))
    if annotation is not None:
        return _class_named(annotation.named_children[0] if annotation.named_children else None, tree)
    setter = tree.scope_of(found[0]).function  # None in the class itself
    if value is None or setter is None:
        return ""
    if value.type == "identifier":
        return _class_bound(value, setter, call, tree)
    return _class_named(value.child_by_field_name("function"), tree) if value.type == "call" else ""


def _kept(tree: ModuleTree, start: int) -> dict[str, list[Node]]:
    """The assignments to attributes of the instance in the class that begins at a byte, and in the class
    itself, by the attribute.
    """
    owner = tree.scopes.at(start)
    found: dict[str, list[Node]] = {}
    for one in tree.nodes("assignment", within=owner.node):
        left = one.child_by_field_name("left")
        if left is None:
            continue
        if left.type == "identifier" and tree.scope_of(one) is owner:
            found.setdefault(tree.text(left), []).append(one)
        if left.type != "attribute":
            continue
        head, name = left.child_by_field_name("object"), left.child_by_field_name("attribute")
        method = tree.scope_of(one).function
        if (
            head is not None
            and name is not None
            and method is not None
            and method.parent is owner
            and tree.text(head) == method.first_parameter
        ):
            found.setdefault(tree.text(name), []).append(one)
    return found


def _class_bound(held: Node, function: Scope, call: Call, tree: ModuleTree) -> str:
    """The class of what a local variable or a parameter of a function holds."""
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
