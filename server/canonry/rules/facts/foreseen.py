"""Except clauses whose error somebody has foreseen, or of which nothing need be known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import holds, within_function
from canonry.rules.facts.handlers import INFO, body_of_try, log_call
from canonry.syntax import Call, ModuleTree
from canonry.syntax.tree import ancestors, block_of

_CLEANUP: Final = re.compile(
    r"^_*(force_)?(a?close|stop|quit|kill|terminate|cancel|shut_?down|disconnect|disable|unlink|remove|rm_?tree|delete|"
    r"rollback|release|dispose|unsubscribe|unregister|clean|clear|detach|tear_?down|join|wait|wait_for|exit|"
    r"a?exit|un_?link|un_?load|un_?bind|leave|logout|log_?out|sign_?out|free|destroy|reset|flush|abort|"
    r"gather|rmdir|removedirs|send_signal|killpg|evict|expire|purge|discard|pop|drop)"
    r"(_|$)"
)
"""A try around nothing but such calls tidies up; there is nothing left to do for what it cannot."""

_WORKS: Final = re.compile(r"^_*(flush|gather)(_|$)")
"""Of those, names that as names of functions say what is done for others."""

_ASKS: Final = re.compile(
    r"^_*(async_)?(is|was|has|can|should|supports?|try|maybe|probe|detect|guess|exists?|looks|sniff|attempt|safe|"
    r"safely)(_|$)|_(available|exists?|alive|healthy|reachable|supported|or_none|safe|safely|silent|quietly)_*$|"
    r"^_*is(?!sue|olate)[a-z]+$|_(is|has)_|^__(del|repr|str|exit|aexit|getattr|eq|ne|contains)__$"
)
"""Functions whose answer is whether something works, or that say by their name that they may fail."""

_CHECKS: Final = re.compile(r"^_*(check|verify|validate|test|attempt)(_|$)")
"""Functions of which ``False`` is the answer, not a fallback."""

_INTENDED: Final = re.compile(
    r"best.?effort|expected|not an? (error|problem|failure)|harmless|non.?(critical|fatal)|"
    r"not (critical|fatal)|does(n'?t| not) matter|don'?t care|nothing (we can|to) do|deliberate|intentional|"
    r"on purpose|by design|noqa: *BLE001|disable=(bare-except|broad-except|"
    r"broad-exception-caught|W070[23]|W0718)",
    re.IGNORECASE,
)
"""What a comment says where somebody has decided that the error does not matter, or that all are meant."""

_FORESEEN: Final = re.compile(
    _INTENDED.pattern
    + r"|not (supported|available|installed)|unsupported|auto.?detect|optional|(might|may) not|"
    r"already (exist|clos|there|gone|running|registered)|does not exist|"
    r"seems? to be (no|not)\b|(no|not a) valid\b|\bassum(e|es|ing)\b",
    re.IGNORECASE,
)
"""What the log itself says of such a case."""


_EXPLAINS: Final = re.compile(r"^#\s*(?!(want|ok):)([^\W\d_][\w'-]*\W+){2,}\w", re.IGNORECASE)
"""A comment of three words and more."""
_TODO: Final = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
_ANNOUNCES: Final = re.compile(
    r"best.?effort|(any|every|all) (error|exception)|ignor|silent|swallow|suppress|"
    r"(must|should|may|can) (not|never) (make|fail|raise|break|block|stop|cause|prevent|affect|crash|abort)|"
    r"(must|should|does|do|will)(n'?t| not) (cause|matter|hurt|harm)|never (fails?|raises?|breaks?|let)",
    re.IGNORECASE,
)
"""What is said above a try, or in the docstring, by whoever means that its errors are hidden."""
_RAISES: Final = re.compile(r"\b(may|might|can|could|will) (throw|raise|fail)\b", re.IGNORECASE)
"""What a comment right above an `except` says of the case that is meant."""
_CONVERTS: Final = frozenset(
    ("int", "float", "complex", "Decimal", "Fraction", "UUID", "fromisoformat", "strptime", "parse")
)
"""Calls that ask whether a value is of some form."""
_PREPARES: Final = frozenset(("isinstance", "strip", "lower", "upper", "split", "replace"))
"""What is done with a text before."""
_TAKES: Final = frozenset(("pop", "popleft", "heappop", "get_nowait"))
"""Calls that fail where nothing is left."""
_PLAIN: Final = frozenset(("expression_statement", "return_statement"))


def is_foreseen(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause is about an import that may be missing, tidies up, stands in another handler or in a
    function that asks whether something works, or says in words that the error does not matter.
    """
    body = body_of_try(clause)
    if not body or _only_imports(body, tree):
        return True
    if _only_tidies(body, tree) or _only_converts(body, tree) or is_harmless(body, tree):
        return True
    if is_intended(clause, tree) or is_explained(clause, tree) or is_announced(clause.parent, tree):
        return True
    function = tree.scope_of(clause).function
    if function is not None and (asks(function.name) or _tidies(function.name)):
        return True
    return is_checked(clause, tree) or in_another(clause)


def asks(name: str) -> bool:
    """Whether a function is named for a question, or as one that may fail."""
    return _ASKS.search(name) is not None


def is_checked(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause gives the ``False`` of a function that checks something."""
    function = tree.scope_of(clause).function
    last = next(iter(block_of(clause)[-1:]), None)
    return function is not None and _gives(last, "false") and _CHECKS.search(function.name) is not None


def is_harmless(body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a try only logs, deletes, takes the next thing where there may be none, or waits for a task
    that somebody else has begun, who is told of its error.
    """
    if all(one.type == "delete_statement" for one in body) or (len(body) == 1 and _waits_for_a_name(body[0])):
        return True
    calls = [call for one in body for call in tree.calls_within(one)]
    logs = [call for call in calls if log_call(call, tree) is not None]
    calls = [call for call in calls if not any(holds(log.node, call.node) for log in logs)]
    left = [one for one in body if not any(log.node.parent == one for log in logs)]
    if not left or (logs and calls and all(call.name == "logging.getLogger" for call in calls)):
        return True
    return len(calls) == 1 and calls[0].last in _TAKES and all(one.type in _PLAIN for one in left)


def _waits_for_a_name(statement: Node) -> bool:
    """Whether a statement is `await task`, `yield future` or keeps what one of these gives."""
    value = statement.named_children[0] if statement.type in _PLAIN and statement.named_children else None
    if value is not None and value.type == "assignment":
        value = value.child_by_field_name("right")
    if value is None or value.type not in ("await", "yield"):
        return False
    return [one.type for one in value.named_children] == ["identifier"]


def is_told_later(clause: Node, tree: ModuleTree) -> bool:
    """Whether the try is one of several attempts, after which an error is raised or logged, or False returned
    where each attempt returns True if it works.
    """
    attempt: Node | None = clause.parent
    for around in within_function(clause):
        if around.type in ("for_statement", "while_statement"):
            attempt = around
            break
    if attempt is None:
        return False
    if attempt.type != "try_statement" and _gives(attempt.next_named_sibling, "false"):
        return any(_gives(one, "true") for one in tree.nodes("return_statement", within=attempt))
    otherwise = attempt.child_by_field_name("alternative")  # a loop's, which ends without a success
    if otherwise is not None and any(_tells(one, tree) for one in block_of(otherwise)):
        return True
    following = attempt.next_named_sibling
    while following is not None:
        if any(_tells(one, tree) for one in (following, *block_of(following))):
            return True
        following = following.next_named_sibling
    return False


def _gives(statement: Node | None, kind: str) -> bool:
    return (
        statement is not None
        and statement.type == "return_statement"
        and [one.type for one in statement.named_children] == [kind]
    )


def _tells(statement: Node, tree: ModuleTree) -> bool:
    if statement.type != "expression_statement":
        return statement.type in ("raise_statement", "assert_statement")
    logs = (log_call(call, tree) for call in tree.calls_within(statement))
    return any(log is not None and log.level > INFO for log in logs)


def is_explained(clause: Node, tree: ModuleTree) -> bool:
    """Whether a comment of some words below the `except`, or right above it, says why nothing more is
    done. What follows a TODO is no reason.
    """
    told = [
        tree.text(one)
        for one in tree.nodes("comment", within=clause)
        if one.start_point[0] > clause.start_point[0]
    ]
    todo = next((index for index, one in enumerate(told) if _TODO.search(one)), len(told))
    above = _comment_above(clause, tree)
    if above and not any(_TODO.search(one) for one in above) and _RAISES.search(" ".join(above)):
        return True
    return any(_EXPLAINS.search(one) for one in told[:todo])


def _comment_above(node: Node, tree: ModuleTree) -> list[str]:
    """The lines of the comment right above a statement or clause, without their marks."""
    # By lines: the comment above a block's first statement is no part of the block.
    above = tree.data[max(node.start_byte - 2_000, 0) : node.start_byte].split(b"\n")[:-1]
    said: list[str] = []
    while above and above[-1].lstrip().startswith(b"#"):
        said.insert(0, above.pop().decode("utf-8", "replace").strip(" \t\r#"))
    return said


def is_announced(attempt: Node | None, tree: ModuleTree) -> bool:
    """Whether the comment right above a try or with, or the docstring of its function, says that errors do
    not matter.
    """
    if attempt is None:
        return False
    if _ANNOUNCES.search(" ".join(_comment_above(attempt, tree))):
        return True
    return _ANNOUNCES.search(docstring_around(attempt, tree)) is not None


def docstring_around(node: Node, tree: ModuleTree) -> str:
    """The docstring of the function that a node stands in, as written; "" for none."""
    function = next(ancestors(node, "function_definition"), None)
    first = next(iter(block_of(function)), None) if function is not None else None
    told = first.named_children[0] if first is not None and first.named_children else None
    return tree.text(told) if told is not None and told.type == "string" else ""


def _only_converts(body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a try is around nothing but attempts to read values as numbers or times."""
    calls = [call for one in body for call in tree.calls_within(one)]
    asks = any(call.last in _CONVERTS for call in calls)
    return asks and all(call.last in _CONVERTS or call.last in _PREPARES for call in calls)


def _tidies(name: str) -> bool:
    """Whether a function is named for tidying up. One that flushes or gathers does what it is there for."""
    return bool(_CLEANUP.search(name)) and not _WORKS.search(name)


def in_another(clause: Node) -> bool:
    """Whether a clause stands in another handler or in `finally`."""
    return any(one.type in ("except_clause", "finally_clause") for one in within_function(clause))


def _only_imports(body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a try is about an import that may be missing: nothing else in it can fail."""
    imports = [one for one in body if one.type in ("import_statement", "import_from_statement")]
    return bool(imports) and not any(tree.calls_within(one) for one in body)


def _only_tidies(body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a try or with is around nothing but calls that tidy up."""
    calls = [call for one in body for call in tree.calls_within(one)]
    outer = outermost([call for call in calls if log_call(call, tree) is None])
    return bool(outer) and all(_CLEANUP.search(call.last) for call in outer)


def outermost(calls: Sequence[Call]) -> list[Call]:
    """Those of some calls that stand in none of the others."""
    return [
        call
        for call in calls
        if not any(one.node.id != call.node.id and holds(one.node, call.node) for one in calls)
    ]


def is_intended(clause: Node, tree: ModuleTree) -> bool:
    """Whether a comment says that the error does not matter, or a text in the clause that it is foreseen."""
    return any(_INTENDED.search(tree.text(one)) for one in tree.nodes("comment", within=clause)) or any(
        _FORESEEN.search(tree.text(one)) for one in tree.nodes("string", within=clause)
    )
