"""CN704: code that the team has a pattern for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from tree_sitter import Node

from canonry.config import Settings
from canonry.model import Applicability, Finding, Position, Priority, Range, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.checked import checked
from canonry.scopes.decisions import is_on
from canonry.scopes.patterns import Compiled, compiled, places

_PRINT = """\
[[pattern]]
id = "no-print"
message = "Use the logger"
pattern = "print($$$WHAT)"
not-inside = "def main(): $$$BODY"
files = "app/"
fix = "logger.info($$$WHAT)"
"""
_LOOP = """\
[[pattern]]
id = "query-in-loop"
message = "Query once, before the loop"
pattern = "session.execute($$$ARGUMENTS)"
inside = ["for_statement", "while_statement"]
severity = "error"
"""


class TeamPattern(Rule):
    """## What it does
    Finds code that has a [pattern](../patterns.md) of the team: `[[tool.canonry.pattern]]` with an id, a
    message and the pattern as ast-grep has it, and where it counts. The id is the finding's name.

    ## Why is this bad?
    The team says why: the pattern's message is the finding's. ast-grep itself and semgrep do the same from
    the command line; here it is said while typing, beside everything else, with the same ways to ignore it.

    ## Example
    ```toml
    [[tool.canonry.pattern]]
    id = "no-print"
    message = "Use the logger"
    pattern = "print($$$WHAT)"
    fix = "logger.info($$$WHAT)"
    ```

    ```python
    print(total)
    ```

    ## Use instead
    ```python
    logger.info(total)
    ```

    ## When it stays silent
    - outside of `files`, outside of what `inside` and inside of what `not-inside` names
    - a pattern that cannot be used: that is a finding in the settings file (CN901)
    """

    code: ClassVar[str] = "CN704"
    name: ClassVar[str] = "team-pattern"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "a call, whatever its arguments, and its fix",
            {
                "canonry.toml": _PRINT,
                "app/jobs.py": """\
import logging

logger = logging.getLogger(__name__)


def run(total):
    print("done", total)  # want: CN704 Use the logger (no-print)
""",
            },
            {
                "app/jobs.py": """\
import logging

logger = logging.getLogger(__name__)


def run(total):
    logger.info("done", total)
"""
            },
            Applicability.UNSAFE,
        ),
        Invalid(
            "inside a loop",
            {
                "canonry.toml": _LOOP,
                "app/jobs.py": """\
def run(session, users):
    for user in users:
        if user:
            session.execute(user.query, {})  # want: CN704 before the loop
""",
            },
        ),
        Invalid(
            "the same name twice is the same code, on a line with other characters",
            {
                "canonry.toml": '[[pattern]]\nid = "same"\nmessage = "Always true"\npattern = "$A == $A"\n',
                "app/jobs.py": 'x, same = "漢😀", [1] == [1]  # want: CN704 Always true\n',
            },
        ),
        Invalid(
            "a statement",
            {
                "canonry.toml": '[[pattern]]\nid = "no-global"\nmessage = "Pass it"\npattern = "global $A"\n',
                "app/jobs.py": "def run():\n    global total  # want: CN704 Pass it\n    total = 1\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid("there is no pattern", "print(1)\n"),
        Valid("other files", {"canonry.toml": _PRINT, "scripts/run.py": "print(1)\n"}),
        Valid("inside what is left out", {"canonry.toml": _PRINT, "app/a.py": "def main():\n    print(1)\n"}),
        Valid(
            "not inside",
            {"canonry.toml": _LOOP, "app/a.py": "def f(session, q):\n    session.execute(q)\n"},
        ),
        Valid("a text and a comment", {"canonry.toml": _PRINT, "app/a.py": 'x = "print(1)"  # print(1)\n'}),
        Valid(
            "ignored by its id",
            {"canonry.toml": _PRINT, "app/a.py": "print(1)  # canonry: ignore[no-print] a banner\n"},
        ),
        Valid(
            "turned off by its id",
            {"canonry.toml": 'ignore = ["no-print"]\n' + _PRINT, "app/a.py": "print(1)\n"},
        ),
        Valid(
            "a pattern that cannot be used",
            {
                "canonry.toml": '[[pattern]]\nid = "broken"\nmessage = "x"\npattern = "print("\n',
                "app/a.py": "print(1)\n",
            },
        ),
    )

    def names(self, settings: Settings) -> Sequence[str]:
        """The ids of the patterns, beside the name of all."""
        return (self.name, *(one.pattern.id for one in compiled(settings.pattern)))

    def is_used(self, settings: Settings) -> bool:
        """Only where there are patterns."""
        return bool(settings.pattern)

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterable[Finding]:
        """The places of all patterns in one statement."""
        known = compiled(context.settings.pattern)
        if not known or statement.type == "comment":
            return
        tree, path = module.tree, module.path
        data = tree.data[statement.start_byte : statement.end_byte]
        some = [
            one
            for one in known
            if one.may_be_in(data)
            and one.speaks_of(path)
            and is_on(context.settings, self.code, one.pattern.id, path, group=self.name)
        ]
        if some:
            yield from self._found(some, statement, module)

    def _found(self, some: Sequence[Compiled], statement: Node, module: Module) -> Iterator[Finding]:
        begin = module.tree.range(statement).start

        def moved(position: Position) -> Position:
            column = position.column + (begin.column if position.line == 0 else 0)
            return Position(position.line + begin.line, column)

        for one, place in places(some, module.tree.text(statement)):
            pattern = one.pattern
            range = Range(moved(place.range.start), moved(place.range.end))
            fixes = []
            if place.fixed is not None:
                edits = [TextEdit(range, place.fixed)]
                title, caution = (
                    f"Apply the fix of {pattern.id}",
                    "the team's fix may change what the code does",
                )
                fixes.append(
                    module.fix(title, partial(_mended, module, edits), Applicability.UNSAFE, caution)
                )
            message = f"{pattern.message} ({pattern.id})"
            severity = Severity[pattern.severity.upper()]
            finding = self.finding(module, range, message, severity=severity, fixes=fixes)
            yield replace(finding, name=pattern.id)


def _mended(module: Module, edits: Sequence[TextEdit]) -> Sequence[TextEdit] | Refusal:
    (edit,) = edits
    tree = module.tree
    if any(edit.range.start < tree.range(one).start < edit.range.end for one in tree.nodes("comment")):
        return Refusal("a comment in between would be lost")
    return checked(module, edits)
