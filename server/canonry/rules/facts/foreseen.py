"""Except clauses whose error somebody has foreseen, or of which nothing need be known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import holds, within_function
from canonry.rules.facts.handlers import body_of_try, log_call
from canonry.syntax import ModuleTree

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
    r"^_*(async_)?(is|has|can|should|supports?|try|maybe|probe|detect|guess|exists?|looks|sniff|attempt|safe|"
    r"safely)(_|$)|_(available|exists|alive|healthy|reachable|supported|or_none|safe|safely|silent|quietly)_*$|"
    r"^__(del|repr|str|exit|aexit|getattr)__$"
)
"""Functions whose answer is whether something works, or that say by their name that they may fail."""

_INTENDED: Final = re.compile(
    r"best.?effort|expected|not an? (error|problem|failure)|harmless|non.?(critical|fatal)|"
    r"not (critical|fatal)|does(n'?t| not) matter|don'?t care|nothing (we can|to) do|deliberate|intentional|"
    r"on purpose|by design|noqa: *BLE001|disable=(broad-except|broad-exception-caught|W0703|W0718)",
    re.IGNORECASE,
)
"""What a comment says where somebody has decided that the error does not matter, or that all are meant."""

_FORESEEN: Final = re.compile(
    _INTENDED.pattern
    + r"|not (supported|available|installed)|unsupported|auto.?detect|optional|(might|may) not",
    re.IGNORECASE,
)
"""What the log itself says of such a case."""


def is_foreseen(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause is about an import that may be missing, tidies up, stands in another handler or in a
    function that asks whether something works, or says in words that the error does not matter.
    """
    body = body_of_try(clause)
    if not body or _only_imports(body, tree):
        return True
    if _only_tidies(body, tree) or is_intended(clause, tree):
        return True
    function = tree.scope_of(clause).function
    if function is not None and (_ASKS.search(function.name) or _tidies(function.name)):
        return True
    return in_another(clause)


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
    calls = [call for call in calls if log_call(call, tree) is None]
    outer = [
        call
        for call in calls
        if not any(one.node.id != call.node.id and holds(one.node, call.node) for one in calls)
    ]
    return bool(outer) and all(_CLEANUP.search(call.last) for call in outer)


def is_intended(clause: Node, tree: ModuleTree) -> bool:
    """Whether a comment says that the error does not matter, or a text in the clause that it is foreseen."""
    return any(_INTENDED.search(tree.text(one)) for one in tree.nodes("comment", within=clause)) or any(
        _FORESEEN.search(tree.text(one)) for one in tree.nodes("string", within=clause)
    )
