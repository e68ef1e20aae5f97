"""What contradicts a name: ending all over an optional thing, only logging that a required one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import within_function
from canonry.rules.facts.handlers import EXITS, caught, log_call
from canonry.rules.facts.necessity import Form, Named, Need
from canonry.syntax import ModuleTree
from canonry.syntax.tree import ancestors, block_of

INFO: Final = 20
"""The lowest level, as the standard library counts, at which a log reports that something is missing."""

_NO_FAILURE: Final = re.compile(
    r"(Skip|Ignore|Optional|Warning|NonCritical|StopIteration|StopAsyncIteration|Retry|NotImplemented|Cancel|"
    r"GeneratorExit|Continue|Break|Http404|Redirect)"
)
"""Exceptions that somebody is waiting for: they say that one goes on, or how."""
CHECKS_VALUES: Final = re.compile(
    r"^(Type|Value|Attribute|Key|Index|Syntax|Assertion|Schema|\w*Validation|\w*Config(uration)?|\w*Usage|"
    r"\w*Parse\w*|\w*Argument\w*|\w*Improper\w*|\w*Definition)(Error|Exception)?$"
)
"""Exceptions that tell of a wrong value more often than of something that has failed."""
_WRONG_VALUE: Final = re.compile(
    r"invalid|unknown|duplicate|unexpected|must (not )?be|must (not )?have|should (not )?be|not allowed|"
    r"conflict|both|mutually|wrong|expect|cannot be (used|both|combined|optional)|can't be|unsupported|"
    r"not supported|deprecated|already|only (one|valid|if)|malformed|not a valid|has to be|default",
    re.IGNORECASE,
)
"""Messages that tell of a wrong value, not of one that is missing."""
_FAILED: Final = re.compile(
    r"fail|miss|unavailable|not available|does(n't| not)|did(n't| not)|cannot|can't|could(n't| not)|"
    r"unreachable|not (found|installed|running|ready|there|reachable|responding|set|up|connected)|"
    r"is down|lost|broken|refused|timed? ?out|no such|\bno \w+|offline|absent|unhealthy|dead|error|needed|"
    r"required",
    re.IGNORECASE,
)
"""Messages that tell of something that has failed or is missing."""
_ANSWERED: Final = re.compile(
    r"default|fall.?back|instead|creat|download|generat|assum|will be|using|deprecat|skip", re.IGNORECASE
)
"""Messages of a log that say what is done about it."""

_VERDICT: Final = re.compile(
    r"^return\s+(None|False|True|not\b|all\b|any\b|\d|.*(miss|err|ok\b|valid|fail|success|problem|status|issue))",
    re.IGNORECASE | re.DOTALL,
)
"""Results that tell the caller whether all is well."""


def contradicting(body: Node, held: Named, sure: bool, tree: ModuleTree) -> Iterator[tuple[Node, Named]]:
    """The raises and exits of an optional thing's branch; the log that is all of a required one's."""
    statements = [one for one in body.named_children if one.type != "comment"]
    if held.quality.need is Need.REQUIRED:
        log = _only_log(statements, tree)
        if log is not None and (sure or _FAILED.search(tree.text(log))) and not _answered_later(body, tree):
            yield log, held
        return
    inner = [*_further_in(statements, tree)] if held.quality.strong and held.quality.form is Form.FLAG else []
    for place in (*_ends(statements, tree), *inner):
        if _is_wrong_value(place, sure, tree) or _is_caught(place, tree):
            continue
        told = sure or _tells_failure(place, statements, tree)
        if told:
            yield place, held


def _further_in(statements: Sequence[Node], tree: ModuleTree) -> Iterator[Node]:
    """The raises in the conditions of a block, and the raises and exits in its except clauses."""
    for one in statements:
        if one.type == "if_statement":
            for end in _ends(block_of(one), tree):
                if end.type == "raise_statement" and not CHECKS_VALUES.search(_raised(end, tree)):
                    yield end
        elif one.type == "try_statement":
            for clause in (each for each in one.named_children if each.type == "except_clause"):
                types = [tree.text(each).rpartition(".")[2] for each in caught(clause)]
                if not any(CHECKS_VALUES.search(each) or _NO_FAILURE.search(each) for each in types):
                    yield from _ends(block_of(clause), tree)


def _ends(statements: Sequence[Node], tree: ModuleTree) -> Iterator[Node]:
    """The raises and exits that run whenever a block does."""
    for one in statements:
        if one.type == "raise_statement":
            yield one
        elif one.type == "expression_statement" and one.named_children:
            call = one.named_children[0]
            if call.type == "call" and tree.resolve(call.child_by_field_name("function")) in EXITS:
                yield call
        elif one.type == "with_statement":
            yield from _ends(block_of(one), tree)


def _tells_failure(place: Node, statements: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether what is raised, or a log before it, says that something has failed."""
    texts = [_text_of(place, tree)]
    for one in statements:
        if one.start_byte < place.start_byte:
            texts.extend(_text_of(call.node, tree) for call in tree.calls_within(one) if log_call(call, tree))
    if any(_FAILED.search(one) for one in texts):
        return True
    # Without a word of why: what is raised names the thing alone, and is no check of a value.
    return (
        not texts[0]
        and place.type == "raise_statement"
        and bool(_raised(place, tree))
        and (not CHECKS_VALUES.search(_raised(place, tree)))
    )


def _text_of(node: Node, tree: ModuleTree) -> str:
    return " ".join(tree.text(one).strip("rbfRBF\"'") for one in tree.nodes("string", within=node))


def _raised(place: Node, tree: ModuleTree) -> str:
    """The last name of what is raised; "" for a bare raise."""
    inner = place.named_children[0] if place.named_children else None
    if inner is not None and inner.type == "call":
        inner = inner.child_by_field_name("function")
    return tree.text(inner).rpartition(".")[2] if inner is not None else ""


def _is_wrong_value(place: Node, sure: bool, tree: ModuleTree) -> bool:
    """Whether a raise is about a value that is there and wrong, or for somebody who goes on."""
    if place.type != "raise_statement":
        return False
    raised = _raised(place, tree)
    if _NO_FAILURE.search(raised):
        return True
    text = _text_of(place, tree)
    if _WRONG_VALUE.search(text):
        return True
    return not sure and bool(CHECKS_VALUES.search(raised)) and not _FAILED.search(text)


def _is_caught(place: Node, tree: ModuleTree) -> bool:
    """Whether a try of the same function catches what is raised, and goes on."""
    inner = place
    for above in within_function(place):
        if above.type == "try_statement":
            body = above.child_by_field_name("body")
            if body is not None and body.id == inner.id:
                for clause in (one for one in above.named_children if one.type == "except_clause"):
                    if not any(one.type == "raise_statement" for one in block_of(clause)):
                        return place.type == "raise_statement"
        inner = above
    return False


def _only_log(statements: Sequence[Node], tree: ModuleTree) -> Node | None:
    """The first log of a block that does nothing but log; None where it does more, or says what it does."""
    first: Node | None = None
    for one in statements:
        if one.type in ("pass_statement", "continue_statement"):
            continue
        call = one.named_children[0] if one.type == "expression_statement" and one.named_children else None
        if call is not None and call.type == "string":
            continue
        found = next(
            (each for each in tree.calls_within(one) if call is not None and each.node.id == call.id), None
        )
        log = log_call(found, tree) if found is not None else None
        if call is None or log is None or log.level < INFO or _ANSWERED.search(tree.text(call)):
            return None
        first = first or call
    return first


def _answered_later(body: Node, tree: ModuleTree) -> bool:
    """Whether the function raises, exits or gives a result after a block, or another branch of it does."""
    function = next(ancestors(body, "function_definition"), None)
    scope = tree.own_scope(function) if function is not None else None
    for one in tree.nodes("raise_statement", "return_statement", within=function):
        if one.start_byte < body.end_byte or (scope is not None and tree.scope_of(one) is not scope):
            continue
        if one.type == "raise_statement" or (
            _VERDICT.search(tree.text(one)) and not _says_well_always(one, function, tree)
        ):
            return True
    calls = tree.calls_within(function) if function is not None else tree.calls
    return any(call.name in EXITS and call.node.start_byte > body.end_byte for call in calls)


def _says_well_always(statement: Node, function: Node | None, tree: ModuleTree) -> bool:
    """Whether a return says True whatever came before it: it is the function's last word, in no branch."""
    body = function.child_by_field_name("body") if function is not None else None
    return (
        body is not None and statement.parent == body and tree.text(statement).split() == ["return", "True"]
    )
