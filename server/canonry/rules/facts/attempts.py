"""Tries of which another way to the same follows: what the last of them gives is the one to ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import within_function
from canonry.rules.facts.handlers import log_call
from canonry.syntax import ModuleTree
from canonry.syntax.tree import ancestors, block_of

_LOOPS: Final = ("for_statement", "while_statement")
_INSIDE: Final = ("if_statement", "with_statement", *_LOOPS)
"""Statements behind whose end their function goes on."""
_CLAUSES: Final = ("else_clause", "elif_clause")
_RETURN: Final = ("return_statement",)
_RETURN_OR_BREAK: Final = (*_RETURN, "break_statement")
_LEAVES: Final = ("return_statement", "raise_statement", "continue_statement", "break_statement")
_CANDIDATES: Final = re.compile(
    r"(^|_)(candidate|attempt|variant|alternative|encoding|format|strateg(y|ie)|fallback)s?(_|$)",
    re.IGNORECASE,
)
"""Names of what is tried until one fits."""
_DEFAULTS: Final = re.compile(r"default|fallback|empty|dummy|null|none", re.IGNORECASE)


def has_another_way(clause: Node, tree: ModuleTree) -> bool:
    """Whether the try of a clause is not the last one: it is left by `return` or `break` where it works, and
    the next thing that is done is to try again; or the next thing asks for what it should have given, and
    gets it elsewhere.
    """
    attempt = clause.parent
    last = next(iter(block_of(clause)[-1:]), None)
    if attempt is None or last is None:
        return False
    ends = last.type == "continue_statement" or attempt.next_named_sibling is None
    if ends and _is_of_candidates(attempt, tree):
        return True
    if last.type == "continue_statement":
        loop = next((one for one in within_function(attempt) if one.type in _LOOPS), attempt)
        following, _ = _next(loop, tree)
        return following is not None and _gets_elsewhere(following, names_set(attempt, tree), tree, told=True)
    if last.type in _LEAVES:
        return False
    following, left_loop = _next(attempt, tree)
    if following is None:
        return False
    left_by = _RETURN if left_loop else _RETURN_OR_BREAK
    if leaves(block_of(attempt), left_by):
        if following.type == "try_statement" and following.next_named_sibling is None:
            return True
        if _tries(following) or _asks_the_parent(following, tree):
            return True
    return _gets_elsewhere(following, names_set(attempt, tree), tree, told=left_loop)


def leaves(body: Sequence[Node], by: Sequence[str] = _RETURN_OR_BREAK) -> bool:
    """Whether statements can be left by `return` or, where they stand in a loop, by its `break`."""
    return any(one.type in by for one in _own(body))


def _own(statements: Sequence[Node]) -> Iterator[Node]:
    """The statements that are done where all goes well: no handlers, no `break` of a loop among them."""
    for one in statements:
        yield one
        if one.type in (*_INSIDE, "try_statement", *_CLAUSES):
            clauses = [child for child in one.named_children if child.type in _CLAUSES]
            for inner in _own([*block_of(one), *clauses]):
                if one.type not in _LOOPS or inner.type != "break_statement":
                    yield inner


def _next(statement: Node, tree: ModuleTree) -> tuple[Node | None, bool]:
    """What is done after a statement that was not left, comments and logs passed over, and whether a loop
    ends in between.
    """
    node = statement
    left_loop = False
    while True:
        following = node.next_named_sibling
        while following is not None and (following.type == "comment" or _only_logs(following, tree)):
            following = following.next_named_sibling
        if following is not None:
            return following, left_loop
        above = node.parent
        if above is not None and above.type == "block":
            above = above.parent
        while above is not None and above.type in _CLAUSES:
            above = above.parent
        if above is None or above.type not in _INSIDE:
            return None, left_loop
        left_loop = left_loop or above.type in _LOOPS
        node = above


def _only_logs(statement: Node, tree: ModuleTree) -> bool:
    if statement.type != "expression_statement":
        return False
    call = next(iter(tree.calls_within(statement)), None)
    return call is not None and call.node.parent == statement and log_call(call, tree) is not None


def _tries(statement: Node) -> bool:
    """Whether a statement is a try that is left where it works, or one stands in its `if`, `with` or loop."""
    if statement.type == "try_statement":
        return leaves(block_of(statement))
    return statement.type in _INSIDE and any(_tries(one) for one in block_of(statement))


def _asks_the_parent(statement: Node, tree: ModuleTree) -> bool:
    """Whether a statement returns what the parent class says to the same."""
    if statement.type != "return_statement":
        return False
    function = next(ancestors(statement, "function_definition"), None)
    name = function.child_by_field_name("name") if function is not None else None
    calls = list(tree.calls_within(statement))
    return name is not None and any(
        call.last == tree.text(name) and tree.text(call.function).startswith("super(") for call in calls
    )


def names_set(attempt: Node, tree: ModuleTree) -> set[str]:
    """The names to which a try, if it works, gives a value."""
    found = set()
    for one in _own(block_of(attempt)):
        inner = one.named_children[0] if one.type == "expression_statement" and one.named_children else None
        assigns = inner is not None and inner.type in ("assignment", "augmented_assignment")
        left = inner.child_by_field_name("left") if inner is not None and assigns else None
        if left is not None and left.type in ("identifier", "attribute"):
            found.add(tree.text(left))
    return found


def _gets_elsewhere(statement: Node, names: set[str], tree: ModuleTree, *, told: bool) -> bool:
    """Whether a statement is an `if not name:` under which there is another try, or the name is got by
    another call, or, where attempts have been made in a loop (`told`), an error is raised. What is raised
    after a single try hides what has failed in it.
    """
    if statement.type != "if_statement":
        return False
    condition = statement.child_by_field_name("condition")
    name = _missing(condition, tree) if condition is not None else ""
    if name not in names:
        return False
    for one in _own(block_of(statement)):
        if one.type == "try_statement" or (told and one.type == "raise_statement"):
            return True
        inner = one.named_children[0] if one.type == "expression_statement" and one.named_children else None
        left = inner.child_by_field_name("left") if inner is not None and inner.type == "assignment" else None
        if left is not None and tree.text(left) == name:
            calls = list(tree.calls_within(one))
            defaults = (_DEFAULTS.search(call.last) or call.name.startswith("builtins.") for call in calls)
            if calls and not any(defaults):
                return True
    return False


def _missing(condition: Node, tree: ModuleTree) -> str:
    """The name of `not name` or `name is None`; "" for other conditions."""
    if condition.type == "not_operator":
        asked = condition.child_by_field_name("argument")
        return tree.text(asked) if asked is not None else ""
    text = tree.text(condition)
    return text.removesuffix(" is None") if text.endswith(" is None") else ""


def _is_of_candidates(attempt: Node, tree: ModuleTree) -> bool:
    """Whether a loop tries things that are called candidates, and is left by the first that fits."""
    loop = next((one for one in within_function(attempt) if one.type in _LOOPS), None)
    if loop is None or loop.type != "for_statement":
        return False
    tried = loop.child_by_field_name("right")
    one = loop.child_by_field_name("left")
    if tried is not None and tried.type in ("list", "tuple") and one is not None and one.type == "identifier":
        # Functions that do the same are tried until one works: `for parse in (loads, repair)`.
        calls = [call for each in block_of(attempt) for call in tree.calls_within(each)]
        if any(tree.text(call.function) == tree.text(one) for call in calls):
            return leaves(block_of(attempt))
    if tried is None or tried.type in ("list", "tuple") or tree.text(tried).startswith("range("):
        return False  # no name says it; the same once more, which may have failed for good
    names = (loop.child_by_field_name("left"), tried)
    if not any(one is not None and _CANDIDATES.search(tree.text(one).rpartition(".")[2]) for one in names):
        return False
    return leaves(block_of(attempt)) or leaves(_after(attempt))


def _after(statement: Node) -> list[Node]:
    above = statement.parent
    return [one for one in above.named_children if one.start_byte > statement.end_byte] if above else []
