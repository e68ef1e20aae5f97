"""Races of tasks: what a method reads of its object before an `await` and writes after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tree_sitter import Node

from canonry.rules.facts.blocks import holds, within_function
from canonry.rules.facts.ways import await_between, dominates, is_aside, names, reads, writes_between
from canonry.syntax import ModuleTree, Scope
from canonry.syntax.tree import ancestors, block_of

_MADE: Final = re.compile(
    r"conn|client|session|(^|_)pool|engine|channel|socket|(^|_)ws($|_)|stream($|_)|server|task|transport|producer|"
    r"consumer|browser|driver|(^|_)bus($|_)|redis|(^|_)db($|_)|database|listener|subscri|worker|process|proxy|"
    r"broker|mqtt|device|gateway|bridge|lease|initiali[sz]ed|started|ready|running|registered|set_?up|opened|active",
    re.IGNORECASE,
)
"""Attributes that hold what must not be made twice, or say that it has been: a second connection leaks. Of
other values (a list that was fetched, a name that was looked up) the second is as good as the first.
"""

_TOLD: Final = re.compile(
    r"fail|error|count|ur[il]$|name|_id$|info|key|path|type|version|state|status|time|config|data|sent|last_",
    re.IGNORECASE,
)
"""Attributes that say something of such a thing, and are none."""

_UNDER_WAY: Final = re.compile(
    r"fut(ure)?$|task|pending|progress|event|waiter|busy|(open|connect|start|load|mak)ing", re.I
)
"""Attributes that tell a second task that the first is at it."""

_MAKES: Final = re.compile(
    r"^_*(async_)?(connect|create|open|start|init|spawn|launch|dial|subscribe|login|make)", re.I
)
"""Names of what makes such a thing."""

_LOOKS_UP: Final = re.compile(
    r"^_*(async_)?(load|read|look_?up|find|(get|fetch)_(shared|stored|saved|cached|persisted|configured))(_|$)"
)
"""Names of what only reads what is kept somewhere: the second time it gives the same."""

_ORDER = frozenset(("<", ">", "<=", ">="))
_STEPS: Final = re.compile(
    r"time|now|last_|_at$|retr|attempt|tries|index|offset|position|page|step|iteration|round|cursor|count|"
    r"vers|delay|backoff|interval|fail|error",
    re.IGNORECASE,
)
"""What one task goes through, or what only measures it: one too many, or one too early, does no harm."""

_QUEUE: Final = re.compile(r"queue|inbox|mailbox", re.IGNORECASE)
_TAKING = frozenset(("get", "get_nowait", "pop", "popleft", "receive", "recv"))

_COPIES = frozenset(("list", "dict", "set", "copy", "deepcopy", "sorted"))


class Race(NamedTuple):
    """A read of an attribute and the write that relies on it, with an await between."""

    read: Node
    write: Node
    attribute: str
    checked: bool
    """Whether it is checked and then set, not read and then changed."""


def races_of(method: Scope, tree: ModuleTree) -> Iterator[Race]:
    """The races of a method, locks not considered."""
    awaits = [one for one in tree.nodes("await", within=method.node) if _is_own(one, method, tree)]
    if not awaits:
        return
    own = f"{method.first_parameter}."
    told: set[int] = set()
    for write in tree.nodes("assignment", "augmented_assignment", within=method.node):
        left, value = write.child_by_field_name("left"), write.child_by_field_name("right")
        if left is None or value is None or left.type != "attribute" or not _is_own(write, method, tree):
            continue
        attribute = tree.text(left)
        if not attribute.startswith(own) or "." in attribute[len(own) :] or "(" in attribute:
            continue
        if value.type == "assignment" or awaits[0].start_byte >= write.end_byte:
            continue
        if any(one.type == "while_statement" for one in within_function(write)):
            continue  # the loop of one task
        read = _changed(write, value, attribute, awaits, tree)
        if read is not None:
            yield Race(read, write, attribute, False)
            continue
        check = _checked(write, value, attribute, awaits, tree) or _compared(
            write, value, attribute, awaits, tree
        )
        if check is not None and check.id not in told:
            told.add(check.id)
            yield Race(check, write, attribute, True)


def _is_own(node: Node, method: Scope, tree: ModuleTree) -> bool:
    return tree.scope_of(node).function is method


def _changed(
    write: Node, value: Node, attribute: str, awaits: Sequence[Node], tree: ModuleTree
) -> Node | None:
    """The read whose value a write changes, where an await stands between; None for no such."""
    inside = [one for one in awaits if value.start_byte <= one.start_byte < value.end_byte]
    if write.type == "augmented_assignment":
        operator = write.child_by_field_name("operator")
        in_place = operator is not None and tree.text(operator) in ("|=", "&=", "^=")  # of a set, mostly
        return write if inside and not in_place else None
    if inside:
        for read in reads(value, attribute, tree):
            if not any(holds(one, read) for one in inside) and any(
                one.start_byte > read.start_byte for one in inside
            ):
                return write
        return None
    for name in sorted({tree.text(one) for one in names(value)}):
        origin = _kept_in(name, write, attribute, tree)
        if origin is None or await_between(origin.end_byte, write.start_byte, write, awaits) is None:
            continue
        kept = origin.child_by_field_name("right")
        if kept is None or reads(value, attribute, tree):
            continue  # read anew
        copied = kept.type == "call" or "*" in tree.text(kept)
        if value.type == "identifier" and not copied and not _is_carried(name, origin, write, tree):
            continue  # what it was is put back
        if writes_between(attribute, origin.end_byte, write.start_byte, write, tree):
            continue
        return origin
    return None


def _kept_in(name: str, write: Node, attribute: str, tree: ModuleTree) -> Node | None:
    """The last assignment of a local name before a write, where it takes the attribute's value."""
    function = next(ancestors(write, "function_definition"), None)
    last: Node | None = None
    for one in tree.nodes("assignment", within=function):
        if one.start_byte >= write.start_byte:
            break
        left = one.child_by_field_name("left")
        if left is not None and tree.text(left) == name:
            last = one
    if last is None:
        return None
    value = last.child_by_field_name("right")
    if value is None or not _is_value_of(value, attribute, tree) or not dominates(last, write):
        return None
    return last


def _is_carried(name: str, origin: Node, write: Node, tree: ModuleTree) -> bool:
    """Whether a local name is added to (`seen += 1`) on the way from where it was filled to a write."""
    function = next(ancestors(write, "function_definition"), None)
    return any(
        origin.end_byte <= one.start_byte < write.start_byte
        and (left := one.child_by_field_name("left")) is not None
        and tree.text(left) == name
        and not is_aside(one, write)
        for one in tree.nodes("augmented_assignment", within=function)
    )


def _is_value_of(value: Node, attribute: str, tree: ModuleTree) -> bool:
    """Whether an expression is the attribute, something computed from it, or a copy of it."""
    if value.type == "attribute":
        return tree.text(value) == attribute
    if value.type == "binary_operator":
        return any(_is_value_of(one, attribute, tree) for one in value.named_children)
    if value.type == "call":
        function = value.child_by_field_name("function")
        if function is None or tree.text(function).rpartition(".")[2] not in _COPIES:
            return False
        if function.type == "attribute" and tree.text(function).rpartition(".")[0] == attribute:
            return True
        held = value.child_by_field_name("arguments")
        return held is not None and any(tree.text(one) == attribute for one in held.named_children)
    if value.type in ("list", "dictionary", "set"):
        splats = [one for one in value.named_children if one.type.endswith("splat")]
        return any(tree.text(one).lstrip("*").strip() == attribute for one in splats)
    return False


def _checked(
    write: Node, value: Node, attribute: str, awaits: Sequence[Node], tree: ModuleTree
) -> Node | None:
    """The nearest check for the attribute's absence that leads to a write, where an await stands between."""
    if write.type != "assignment" or value.type in ("none", "false"):
        return None
    name = attribute.partition(".")[2]
    refreshed = (
        "token" in name.lower()
        and _is_awaited(value, write, awaits, tree)
        and not any(_LOOKS_UP.match(call.last) for call in tree.calls_within(value))
    )
    made = not _TOLD.search(name) and (refreshed or _MADE.search(name) or _makes(value, tree))
    if not made and not _takes(value, write, tree):
        return None
    nearest: Node | None = None
    for around in within_function(write):
        if around.type == "if_statement":
            condition = around.child_by_field_name("condition")
            body = around.child_by_field_name("consequence")
            if condition is None or not reads(condition, attribute, tree):
                continue
            if body is None or not holds(body, write) or not _is_absence(condition, attribute, tree):
                return None
            nearest = around
            break
        guard = _guard_in(around, write, attribute, tree) if around.type == "block" else None
        if guard is not None:
            nearest = guard
            break
    if nearest is None:
        return None
    condition = nearest.child_by_field_name("condition")
    assert condition is not None
    between = await_between(condition.end_byte, write.end_byte, write, awaits)
    if between is None or writes_between(attribute, condition.end_byte, write.start_byte, write, tree):
        return None
    if _is_announced(nearest, between, tree):
        return None
    return nearest


def _compared(
    write: Node, value: Node, attribute: str, awaits: Sequence[Node], tree: ModuleTree
) -> Node | None:
    """The nearest comparison of the attribute that leads to a write, where an await stands between: with
    the value that it is set to (the highest bid), or before one is taken of what is left (seats).
    """
    if _STEPS.search(attribute.partition(".")[2]) or _STEPS.search(tree.text(value)):
        return None
    for around in within_function(write):
        check: Node | None = None
        if around.type == "if_statement":
            body = around.child_by_field_name("consequence")
            check = around if body is not None and holds(body, write) else None
        elif around.type == "block":
            before = [
                one
                for one in around.named_children
                if one.type == "if_statement" and one.end_byte <= write.start_byte and _leaves(one)
            ]
            check = next(
                (one for one in reversed(before) if _is_comparison(one, write, value, attribute, tree)), None
            )
        if check is None or not _is_comparison(check, write, value, attribute, tree):
            continue
        condition = check.child_by_field_name("condition")
        assert condition is not None
        between = await_between(condition.end_byte, write.start_byte, write, awaits)
        if between is None or writes_between(attribute, condition.end_byte, write.start_byte, write, tree):
            return None
        if _is_waited_for(attribute, condition.end_byte, write, tree):
            return None
        return None if _is_announced(check, between, tree) else check
    return None


def _is_waited_for(attribute: str, start: int, write: Node, tree: ModuleTree) -> bool:
    """Whether a loop between a check and a write goes on until the attribute is as it should be."""
    function = next(ancestors(write, "function_definition"), None)
    return any(
        start <= one.start_byte
        and one.end_byte <= write.start_byte
        and (condition := one.child_by_field_name("condition")) is not None
        and bool(reads(condition, attribute, tree))
        for one in tree.nodes("while_statement", within=function)
    )


def _leaves(check: Node) -> bool:
    """Whether an `if` without an `else` returns or raises."""
    body = [one for one in block_of(check) if one.type != "comment"]
    return (
        bool(body)
        and body[-1].type in ("return_statement", "raise_statement")
        and check.child_by_field_name("alternative") is None
    )


def _is_comparison(check: Node, write: Node, value: Node, attribute: str, tree: ModuleTree) -> bool:
    """Whether an `if` asks by `<` or `>` for what a write then changes."""
    condition = check.child_by_field_name("condition")
    pending = [condition] if condition is not None else []
    while pending:
        one = pending.pop()
        if one.type in ("boolean_operator", "parenthesized_expression"):
            pending.extend(one.named_children)
        if one.type != "comparison_operator" or len(one.named_children) != 2:
            continue
        if not any(tree.text(child) in _ORDER for child in one.children if not child.is_named):
            continue
        sides = [" ".join(tree.text(side).split()) for side in one.named_children]
        if attribute not in sides:
            continue
        other = sides[1 - sides.index(attribute)]
        if write.type == "augmented_assignment" or other == " ".join(tree.text(value).split()):
            return True
    return False


def _is_awaited(value: Node, write: Node, awaits: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a value is awaited, or taken from what was awaited just before in the same block."""
    if value.type == "await":
        return True
    block = next(ancestors(write, "block"), None)
    names = {tree.text(one) for one in _names_in(value)}
    for one in awaits:
        kept = one.parent
        left = kept.child_by_field_name("left") if kept is not None and kept.type == "assignment" else None
        if kept is None or left is None or tree.text(left) not in names:
            continue
        if one.end_byte <= write.start_byte and next(ancestors(kept, "block"), None) == block:
            return True
    return False


def _names_in(node: Node) -> Iterator[Node]:
    if node.type == "identifier":
        yield node
    for one in node.children:
        yield from _names_in(one)


def _is_announced(check: Node, awaited: Node, tree: ModuleTree) -> bool:
    """Whether another attribute that is set between a check and an await keeps other tasks out."""
    function = next(ancestors(check, "function_definition"), None)
    for one in tree.nodes("assignment", within=function):
        left = one.child_by_field_name("left")
        if left is None or left.type != "attribute" or holds(one, awaited):
            continue
        if check.start_byte < one.start_byte < awaited.start_byte and _UNDER_WAY.search(tree.text(left)):
            return True
    return False


def _makes(value: Node, tree: ModuleTree) -> bool:
    """Whether what is awaited is making something: `await connect()`, `await create_pool()`."""
    return value.type == "await" and any(
        _MAKES.search(call.last) for call in tree.calls_within(value) if call.node.parent == value
    )


def _takes(value: Node, write: Node, tree: ModuleTree) -> bool:
    """Whether what is awaited takes an item from a queue: what a second task takes is lost to others."""
    inner = value.named_children[0] if value.type == "await" and value.named_children else None
    function = inner.child_by_field_name("function") if inner is not None and inner.type == "call" else None
    if function is None or function.type != "attribute":
        return False
    of, _, method = tree.text(function).rpartition(".")
    if method not in _TAKING:
        return False
    if _QUEUE.search(of):
        return True
    parameters = next(ancestors(write, "function_definition")).child_by_field_name("parameters")
    for one in parameters.named_children if parameters is not None else ():
        annotation = one.child_by_field_name("type")
        if annotation is not None and one.named_children and tree.text(one.named_children[0]) == of:
            return bool(_QUEUE.search(tree.text(annotation)))
    return False


def _guard_in(block: Node, write: Node, attribute: str, tree: ModuleTree) -> Node | None:
    """The last `if self.x: return` of a block before the write."""
    found: Node | None = None
    for statement in block.named_children:
        if statement.start_byte >= write.start_byte or holds(statement, write):
            break
        if statement.type != "if_statement":
            continue
        condition = statement.child_by_field_name("condition")
        if condition is None or not reads(condition, attribute, tree):
            continue
        body = block_of(statement)
        leaves = (
            bool(body)
            and body[-1].type == "return_statement"
            and statement.child_by_field_name("alternative") is None
        )
        found = statement if leaves and _is_presence(condition, attribute, tree) else None
    return found


def _is_absence(condition: Node, attribute: str, tree: ModuleTree) -> bool:
    """Whether a condition asks that the attribute is not there: `not self.x`, `self.x is None`."""
    if condition.type == "boolean_operator":
        operator = condition.child_by_field_name("operator")
        sides = [condition.child_by_field_name("left"), condition.child_by_field_name("right")]
        return operator is not None and any(
            one is not None and _is_absence(one, attribute, tree) for one in sides
        )
    if condition.type == "parenthesized_expression":
        return any(_is_absence(one, attribute, tree) for one in condition.named_children)
    if condition.type == "not_operator":
        inner = condition.child_by_field_name("argument")
        return inner is not None and tree.text(inner) == attribute
    text = " ".join(tree.text(condition).split())
    return text in (f"{attribute} is None", f"{attribute} == None")


def _is_presence(condition: Node, attribute: str, tree: ModuleTree) -> bool:
    text = " ".join(tree.text(condition).split())
    return text in (attribute, f"{attribute} is not None", f"{attribute} != None")
