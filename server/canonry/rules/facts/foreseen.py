"""Except clauses whose error somebody has foreseen, or of which nothing need be known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.attempts import leaves
from canonry.rules.facts.blocks import holds, within_function
from canonry.rules.facts.handlers import INFO, body_of_try, log_call
from canonry.syntax import Call, ModuleTree
from canonry.syntax.tree import ancestors, block_of

_CLEANUP: Final = re.compile(
    r"^_*(force_)?(a?close|stop|quit|kill|terminate|cancel|shut_?down|disconnect|disable|unlink|remove|rm_?tree|delete|"
    r"rollback|release|dispose|unsubscribe|unregister|clean(_?up)?|clear|detach|tear_?down|join|wait|wait_for|exit|"
    r"a?exit|un_?link|un_?load|un_?bind|leave|logout|log_?out|sign_?out|free|destroy|reset|flush|abort|"
    r"gather|rmdir|removedirs|send_signal|killpg|evict|expire|purge|discard|pop|drop)"
    r"(_|$)"
)
"""A try around nothing but such calls tidies up; there is nothing left to do for what it cannot."""

_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORKS: Final = re.compile(r"^_*(flush|gather)(_|$)")
"""Of those, names that as names of functions say what is done for others."""

_ASKS: Final = re.compile(
    r"^_*(async_)?(is|was|has|can|should|supports?|try|maybe|probe|detect|guess|exists?|looks|sniff|attempt|safe|"
    r"safely)(_|$)|_(available|exists?|alive|healthy|reachable|supported|or_none|safe|safely|silent|quietly)_*$|"
    r"^_*is(?!sue|olate)[a-z]+$|_(is|has)_|^__(del|repr|str|exit|aexit|getattr|eq|ne|contains)__$"
)
"""Functions whose answer is whether something works, or that say by their name that they may fail."""

_CHECKS: Final = re.compile(r"^_*(check|verify|validate|test|attempt)(_|$)|_(check|verify|validate)(_|$)")
"""Functions of which ``False`` is the answer, not a fallback."""

_PRAGMA: Final = r"PyBroadException|disable=(bare-except|broad-except|broad-exception-caught|W070[23]|W0718)"
"""By which linters and IDEs are told that all errors are meant."""
_INTENDED: Final = re.compile(
    r"best.?effort|expected|not an? (error|problem|failure)|harmless|non.?(critical|fatal)|"
    r"not (critical|fatal)|does(n'?t| not) matter|don'?t care|nothing (we can|to) do|deliberate|intentional|"
    r"on purpose|by design|gracefully|noqa:[^#]*\b(BLE001|S110|S112)\b|"
    r"nosec\b(?:[^#]*\bB11[02]\b|(?![^#]*\bB\d))|" + _PRAGMA,
    re.IGNORECASE,
)
"""What a comment says where somebody has decided that the error does not matter, or that all are meant."""

_FORESEEN: Final = re.compile(
    _INTENDED.pattern
    + r"|not (supported|available|installed)|unsupported|auto.?detect|optional|(might|may) not|"
    r"already (be )?(exist|creat|clos|there|gone|running|registered)|does not exist|that'?s (ok|fine)\b|"
    r"seems? to be (no|not)\b|(no|not a) valid\b|\bassum(e|es|ing)\b|\bwill (re-?)?try\b|"
    r"[.,;:(] *(trying|attempting|creating( a)? new)\b(?! to\b)|\bre-?trying\b|\btry(ing)? (it )?again\b|"
    r"\bcontinuing the\b",
    re.IGNORECASE,
)
"""What the log itself says of such a case."""


_EXPLAINS: Final = re.compile(r"^#\s*([^\W\d_][\w'-]*\W+){2,}\w", re.IGNORECASE)
"""A comment of three words and more."""
_TODO: Final = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
_ANNOUNCES: Final = re.compile(
    r"best.?effort|(any|every|all) (error|exception)|ignor|silent|swallow|suppress|"
    r"(must|should|may|can) (not|never) (make|fail|raise|break|block|stop|cause|prevent|affect|crash|abort)|"
    r"(must|should|does|do|will)(n'?t| not) (cause|matter|hurt|harm)|never (fails?|raises?|breaks?|let)|"
    r"without (failing|raising|breaking|crashing|interrupting|blocking)|\bif (it|this|that|they) fails?\b|"
    + _PRAGMA,
    re.IGNORECASE,
)
"""What is said above a try, or in the docstring, by whoever means that its errors are hidden."""
_RAISES: Final = re.compile(r"\b(may|might|can|could|will) (throw|raise|fail)\b", re.IGNORECASE)
"""What a comment right above an `except` says of the case that is meant."""
_HAPPENS: Final = re.compile(r"\b(may|might|could) (already )?(have|be)\b|\bnever be sure\b", re.IGNORECASE)
"""What a comment says of a thing that may have happened before."""
_CONVERTS: Final = frozenset(
    ("int", "float", "complex", "Decimal", "Fraction", "UUID", "fromisoformat", "strptime", "parse")
)
"""Calls that ask whether a value is of some form."""
_PREPARES: Final = frozenset(("isinstance", "strip", "lower", "upper", "split", "replace"))
"""What is done with a text before."""
_TAKES: Final = frozenset(("pop", "popleft", "heappop", "get_nowait"))
"""Calls that fail where nothing is left."""
_SAYS: Final = re.compile(r"^_*(log|print|show|say|report)_")
"""Functions that are there to tell something."""
_MEASURES: Final = re.compile(
    r"telemetry|(^|_)tracer(_|$)|(start|end|set|get|record|current)_(\w+_)?span(_|$)", re.IGNORECASE
)
"""Names of what tells the makers of a program how it is used, or of what traces it."""
_WHETHER: Final = re.compile(
    r"^\W*(returns?|checks?|tells?|determines?|says?)?\s*(whether|(true )?(if|when))\b", re.IGNORECASE
)
"""Docstrings of functions whose answer is yes or no."""
_ABOUT_ERRORS: Final = re.compile(
    r"unknown|error|fail|invalid|unavailable|unable|cannot|can'?t|could ?n[o']t|not found", re.IGNORECASE
)
_HANDLES: Final = re.compile(r"^_*handle_(\w+_)?(exception|error|failure)s?$")
"""Functions that are given an error to tell of it."""
_ON_FAILURE: Final = re.compile(
    r"(?P<value>None|False|0|-1|\[\]|\{\}|\"\")[`*]*\s+(if|when|for|on|in case)\b[^.]*?\b"
    r"(fail\w*|errors?|exceptions?|cannot|can'?t|could ?n[o']t|unable|unreadable)\b",
    re.IGNORECASE,
)
"""What a docstring says of the value that is given where the function has failed."""
_PRAGMAS: Final = re.compile(
    r"^#\s*(?i:noqa|nosec|type|pragma|pylint|mypy|pyright|fmt|ruff|canonry)\b|"
    r"\b(CN|BLE|SIM|TRY|PL[A-Z]|[BCERSW])\d{3,4}\b"
)
"""Comments that are meant for a tool: they begin with its name, or have the code of a rule."""
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
    if is_in_a_test(clause, tree):
        return True
    if function is not None:
        if asks(function.name) or _tidies(function.name):
            return True
        if _MEASURES.search(function.name) or _HANDLES.search(function.name):
            return True
        if _SAYS.search(function.name) and _logs(body[-1], tree):
            return True
    if is_checked(clause, tree) or _is_promised(clause, tree):
        return True
    return in_another(clause) or is_measured(clause, tree)


def _is_promised(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause returns what the docstring promises for a failure."""
    last = next(iter(block_of(clause)[-1:]), None)
    if last is None or last.type != "return_statement" or not last.named_children:
        return False
    value = tree.text(last.named_children[0])
    return any(one["value"] == value for one in _ON_FAILURE.finditer(docstring_around(clause, tree)))


def is_in_a_test(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause stands in a function of a module that is named and called as tests are."""
    function = next(ancestors(clause, "function_definition"), None)
    name = function.child_by_field_name("name") if function is not None else None
    if function is None or name is None or not tree.text(name).startswith("test_"):
        return False
    parameters = function.child_by_field_name("parameters")
    above = function.parent
    return above is not None and above.type == "module" and not (parameters and parameters.named_children)


def is_measured(clause: Node, tree: ModuleTree) -> bool:
    """Whether a try is around nothing but calls of telemetry, or of what traces the program."""
    outer = outermost([call for one in body_of_try(clause) for call in tree.calls_within(one)])
    return bool(outer) and all(_MEASURES.search(call.last) for call in outer)


def _logs(statement: Node, tree: ModuleTree) -> bool:
    return statement.type == "expression_statement" and any(
        call.node.parent == statement and log_call(call, tree) is not None
        for call in tree.calls_within(statement)
    )


def asks(name: str) -> bool:
    """Whether a function is named for a question, or as one that may fail."""
    return _ASKS.search(name) is not None


def is_checked(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause gives the ``False`` of a function that checks something, or whose docstring says that
    it answers whether something is so.
    """
    function = tree.scope_of(clause).function
    last = next(iter(block_of(clause)[-1:]), None)
    if function is not None and _gives(last, "false") and _CHECKS.search(function.name):
        return True
    told = docstring_around(clause, tree).lstrip("rRuU")
    return last is not None and _gives_yes_or_no(last) and _WHETHER.search(told) is not None


def _gives_yes_or_no(statement: Node) -> bool:
    """Whether `return False` or a return of several such."""
    value = statement.named_children[0] if statement.named_children else None
    if statement.type != "return_statement" or value is None:
        return False
    values = value.named_children if value.type in ("expression_list", "tuple") else [value]
    return "false" in {one.type for one in values} <= {"true", "false"}


def is_harmless(body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a try only logs, deletes, takes the next thing where there may be none, or waits for a task
    that somebody else has begun, who is told of its error.
    """
    if all(one.type == "delete_statement" for one in body) or (len(body) == 1 and _waits_for_a_name(body[0])):
        return True
    logs, left, calls = beside_logs(body, tree)
    if not left or (logs and calls and all(call.name == "logging.getLogger" for call in calls)):
        return True
    return len(calls) == 1 and calls[0].last in _TAKES and all(one.type in _PLAIN for one in left)


def beside_logs(body: Sequence[Node], tree: ModuleTree) -> tuple[list[Call], list[Node], list[Call]]:
    """The log calls of some statements, the statements that are none, and the calls in none of them."""
    calls = [call for one in body for call in tree.calls_within(one)]
    logs = [call for call in calls if log_call(call, tree) is not None]
    left = [one for one in body if not any(log.node.parent == one for log in logs)]
    return logs, left, [call for call in calls if not any(holds(log.node, call.node) for log in logs)]


def _waits_for_a_name(statement: Node) -> bool:
    """Whether a statement is `await task`, `yield future` or keeps what one of these gives."""
    value = statement.named_children[0] if statement.type in _PLAIN and statement.named_children else None
    if value is not None and value.type == "assignment":
        value = value.child_by_field_name("right")
    if value is None or value.type not in ("await", "yield"):
        return False
    return [one.type for one in value.named_children] in (["identifier"], ["attribute"])


def is_told_later(clause: Node, tree: ModuleTree) -> bool:
    """Whether the try is one of several attempts, after which an error is raised or logged, or False returned
    where each attempt returns True if it works.
    """
    attempt: Node | None = clause.parent
    if attempt is None:
        return False
    body = block_of(attempt)
    for around in within_function(clause):
        if around.type in ("for_statement", "while_statement"):
            attempt = around
            break
    if attempt.type != "try_statement" and _gives(attempt.next_named_sibling, "false"):
        return any(_gives(one, "true") for one in tree.nodes("return_statement", within=attempt))
    otherwise = attempt.child_by_field_name("alternative")  # a loop's, which ends without a success
    if otherwise is not None and any(_tells(one, tree) for one in block_of(otherwise)):
        return True
    if attempt.type != "try_statement" and _does_it_again(attempt.next_named_sibling, body, tree):
        return True
    while attempt is not None:
        following = attempt.next_named_sibling
        while following is not None:
            if any(_tells(one, tree) for one in (following, *block_of(following))):
                return True
            if _returns_an_error(following, tree):
                return True
            following = following.next_named_sibling
        attempt = _around(attempt) if leaves(body, ("return_statement",)) else None
    return False


def _around(statement: Node) -> Node | None:
    """The `if` or `with` that a statement stands in, what follows it being done after the statement too."""
    above = statement.parent
    while above is not None and above.type in ("block", "else_clause", "elif_clause"):
        above = above.parent
    return above if above is not None and above.type in ("if_statement", "with_statement") else None


def _does_it_again(statement: Node | None, body: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether what is done after the attempts is the same call once more, whose error is seen."""
    if statement is None or statement.type not in _PLAIN:
        return False
    tried = {tree.text(call.function) for one in body for call in tree.calls_within(one)}
    return any(tree.text(call.function) in tried for call in outermost(list(tree.calls_within(statement))))


def _returns_an_error(statement: Node, tree: ModuleTree) -> bool:
    """Whether a statement gives its caller a text of an error, or something as `error=`."""
    if statement.type != "return_statement":
        return False
    given = [
        call.argument(None, name) for call in tree.calls_within(statement) for name in ("error", "errors")
    ]
    if any(one is not None and one.type not in ("none", "false") for one in given):
        return True
    return any(_ABOUT_ERRORS.search(tree.text(one)) for one in tree.nodes("string", within=statement))


def _gives(statement: Node | None, kind: str) -> bool:
    return (
        statement is not None
        and statement.type == "return_statement"
        and [one.type for one in statement.named_children] == [kind]
    )


def _tells(statement: Node, tree: ModuleTree) -> bool:
    if statement.type != "expression_statement":
        return statement.type in ("raise_statement", "assert_statement")
    if any(call.last == "abort" and call.node.parent == statement for call in tree.calls_within(statement)):
        return True
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
    beside = next((tree.text(one) for one in clause.children if one.type == "comment"), "")
    if _is_reason(beside) and not _TODO.search(beside):
        return True
    above = _comment_above(clause, tree)
    said = " ".join(above)
    if above and not any(map(_TODO.search, above)) and (_RAISES.search(said) or _ANNOUNCES.search(said)):
        return True
    return any(map(_is_reason, told[:todo]))


def _is_reason(comment: str) -> bool:
    return _EXPLAINS.search(comment) is not None and _PRAGMAS.search(comment) is None


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
    above = " ".join(_comment_above(attempt, tree))
    around = attempt.parent.parent if attempt.parent is not None else None
    if around is not None and around.type == "if_statement" and block_of(around) == [attempt]:
        above += " " + " ".join(_comment_above(around, tree))
        if _RAISES.search(above):
            return True
    if _ANNOUNCES.search(above):
        return True
    return _ANNOUNCES.search(docstring_around(attempt, tree)) is not None


def is_explained_within(statement: Node, tree: ModuleTree) -> bool:
    """Whether a comment at the beginning of a with statement's body tells of the case that is meant."""
    body = block_of(statement)
    said = " ".join(_comment_above(body[0], tree)) if body else ""
    return any(one.search(said) for one in (_RAISES, _ANNOUNCES, _FORESEEN, _HAPPENS))


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


def tidies(call: str) -> bool:
    """Whether a call of a name, in camel case too, tidies up."""
    return _tidies(_HUMPS.sub("_", call).lower())


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
