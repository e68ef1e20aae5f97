"""CN703: code that a lesson of the team speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Applicability, Evidence, Finding, OfferedFix, Priority, Range, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.corrections import correction
from canonry.rules.facts.lessons import (
    anchors_in,
    checks_in,
    is_in_counterpart,
    lesson_place,
    superseded_symbol,
)
from canonry.scopes.lessons import Check, Keyword, Lesson, first_line
from canonry.syntax.forms import Found, covers, find
from canonry.syntax.forms.form import IMPORTS
from canonry.syntax.tree import ancestors

_SETTINGS = 'lessons = ["docs/lessons/**/*.md"]\n'
_LOOPS = """\
# Asyncio

## The running loop

It has made a second loop in worker threads.

❌ WRONG: `asyncio.get_event_loop()`

✅ CORRECT: `asyncio.get_running_loop()`
"""
_REQUESTS = """\
# HTTP

## A timeout for every request

Keywords: `urlopen`, `requests.adapters`

BEFORE:

```python
def fetch(url):
    return requests.get(url)
```

AFTER:

```python
def fetch(url):
    return requests.get(url, timeout=10)
```
"""


def _workspace(lesson: str, code: str) -> dict[str, str]:
    return {"canonry.toml": _SETTINGS, "docs/lessons/team.md": lesson, "app/jobs.py": code}


class LessonApplies(Rule):
    """## What it does
    Finds code that one of the team's [lessons](../lessons.md) speaks of: it has the form that a lesson calls
    wrong, or one of its keywords. The lesson is shown.

    ## Why is this bad?
    Somebody has paid for the lesson already. A document that nobody reads at the right moment teaches once.
    ruff's `flake8-tidy-imports` bans whole modules and members; here the team's own words are the rule.

    ## Example
    The lesson says `WRONG: requests.get(url)` and `CORRECT: requests.get(url, timeout=10)`.

    ```python
    page = requests.get(address)
    ```

    ## Use instead
    ```python
    page = requests.get(address, timeout=10)
    ```

    ## When it stays silent
    - comments, texts, and code that has the lesson's correct form
    - inside the function that the correct form calls: somebody has to do it
    - definitions of the workspace that a lesson replaces: those are CN004's
    - an import, where what it imports is used below
    """

    code: ClassVar[str] = "CN703"
    name: ClassVar[str] = "lesson-applies"
    severity: ClassVar[Severity] = Severity.HINT
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "the wrong form, under the names that the module has for it",
            _workspace(
                _LOOPS,
                """\
import asyncio as aio


async def now():
    return aio.get_event_loop().time()  # want: CN703 The running loop
""",
            ),
            {
                "app/jobs.py": """\
import asyncio as aio


async def now():
    return aio.get_running_loop().time()
"""
            },
            Applicability.UNSAFE,
        ),
        Invalid(
            "what is different in two pieces of fenced code",
            _workspace(
                _REQUESTS,
                """\
import requests


def load(self):
    page = requests.get(self.address)  # want: CN703 timeout
    return page.json()
""",
            ),
            {
                "app/jobs.py": """\
import requests


def load(self):
    page = requests.get(self.address, timeout=10)
    return page.json()
"""
            },
            Applicability.UNSAFE,
        ),
        Invalid(
            "a keyword",
            _workspace(
                _REQUESTS,
                """\
from urllib.request import urlopen


def load(address):
    return urlopen(address)  # want: CN703 urlopen
""",
            ),
        ),
        Invalid(
            "statements that follow each other",
            _workspace(
                "# Sessions\n\nAnti-pattern:\n\n```python\nsession = Session()\nsession.commit()\n```\n",
                """\
from app.db import Session


def save():
    found = Session()  # want: CN703 Sessions
    found.commit()
""",
            ),
        ),
        Invalid(
            "the correct form needs an import",
            _workspace(
                "# Time\n\nWrong: `time.time()`\n\nCorrect: `time.monotonic()`\n",
                """\
from time import time as now


def elapsed(start):
    return now() - start  # want: CN703 monotonic
""",
            ),
            {
                "app/jobs.py": """\
import time
from time import time as now


def elapsed(start):
    return time.monotonic() - start
"""
            },
            Applicability.UNSAFE,
        ),
    )
    VALID: ClassVar = (
        Valid(
            "the correct form",
            _workspace(
                _LOOPS, "import asyncio\n\n\nasync def now():\n    return asyncio.get_running_loop().time()\n"
            ),
        ),
        Valid(
            "a comment and a text",
            _workspace(_LOOPS, '# Not asyncio.get_event_loop().\nTEXT = "asyncio.get_event_loop()"\n'),
        ),
        Valid(
            "other arguments are another call",
            _workspace(
                "# Logs\n\nWRONG: `logging.getLogger()`\n",
                'import logging\n\nlogger = logging.getLogger("app")\n',
            ),
        ),
        Valid(
            "something else of the same name",
            _workspace(
                "# Random\n\nWRONG: `random.random()`\n",
                "import numpy as np\n\nvalue = np.random.random()\n",
            ),
        ),
        Valid(
            "the one function that does it for all others",
            _workspace(
                "# JSON\n\nWRONG: `json.loads(text)`\n\nCORRECT: `read_json(text)`\n",
                "import json\n\n\ndef read_json(text):\n    return json.loads(text) or {}\n",
            ),
        ),
        Valid(
            "dismissed by a comment",
            _workspace(
                _LOOPS,
                "import asyncio\n\nloop = asyncio.get_event_loop()  # canonry: ignore[CN703] once\n",
            ),
        ),
        Valid(
            "a sentence that begins with one of the words",
            _workspace(
                "# Release\n\nBefore you call `print()`, look at `log()`.\n\nAfter `print()` it is late.\n",
                "print()\n",
            ),
        ),
        Valid(
            "no lessons are set",
            {
                "docs/lessons/team.md": _LOOPS,
                "app/jobs.py": "import asyncio\n\nloop = asyncio.get_event_loop()\n",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """The places of wrong forms, and one place of a lesson's keywords in each function."""
        if not context.lessons.lessons:
            return
        spoken: set[tuple[int, int]] = set()
        for lesson, check in checks_in(module, context):
            if cancelled():
                return
            if check.is_mention or superseded_symbol(check, context):
                continue
            for found in find(check.wrong, module.tree):
                if _is_correct(lesson, found.nodes[0], module):
                    continue
                spoken.add((id(lesson), _function(module, found.nodes[0])))
                yield self._wrong(module, context, lesson, check, found)
        present = anchors_in(module, context)
        for lesson in context.lessons.lessons if present else ():
            for keyword in lesson.keywords:
                if keyword.form.anchor not in present:
                    continue
                for node in _looked_up(keyword, module):
                    place = (id(lesson), _function(module, node))
                    if place not in spoken and not _is_correct(lesson, node, module):
                        spoken.add(place)
                        yield self._keyword(module, context, lesson, keyword, node)

    def _wrong(
        self, module: Module, context: RuleContext, lesson: Lesson, check: Check, found: Found
    ) -> Finding:
        wrong = first_line(check.wrong.text)
        head = f'Lesson "{lesson.title}": '
        if check.pair.correct is not None:
            head += f"use {first_line(check.pair.correct.text)} instead of {wrong}"
        elif check.correct:
            head += f"{wrong} is wrong; correct: {first_line(check.correct)}"
        else:
            head += f"{wrong} is wrong"
        fixes: list[OfferedFix] = []
        if check.pair.replaces:
            compute = partial(correction, module, context, found, check)
            title = "Use the lesson's correct form"
            caution = "what the lesson calls correct may behave otherwise"
            fixes.append(module.fix(title, compute, Applicability.UNSAFE, caution))
        first, last = module.tree.range(found.nodes[0]), module.tree.range(found.nodes[-1])
        return self._told(module, context, lesson, check.line, Range(first.start, last.end), head, fixes)

    def _keyword(
        self, module: Module, context: RuleContext, lesson: Lesson, keyword: Keyword, node: Node
    ) -> Finding:
        head = f'Lesson "{lesson.title}" is about {first_line(keyword.text)}'
        return self._told(module, context, lesson, keyword.line, node, head, ())

    def _told(
        self,
        module: Module,
        context: RuleContext,
        lesson: Lesson,
        line: int,
        at: Node | Range,
        head: str,
        fixes: Iterable[OfferedFix],
    ) -> Finding:
        """The finding, with the lesson's first sentence as its reason."""
        evidence = [Evidence("lesson", 1.0, lesson.told)] if lesson.told else []
        return self.finding(
            module,
            at,
            f"{head}: {lesson.told}" if lesson.told else head,
            related=[lesson_place(lesson, context, line)],
            fixes=fixes,
            evidence=evidence,
        )


def _is_correct(lesson: Lesson, node: Node, module: Module) -> bool:
    """Whether a node is in the correct form of a lesson, or in the definition which that calls."""
    for check in lesson.checks:
        correct = check.pair.correct
        if correct is None:
            continue
        if is_in_counterpart(correct, module, node) or covers(correct, node, module.tree):
            return True
    return False


def _function(module: Module, node: Node) -> int:
    """The function or class that a node stands in; 0 for the module."""
    scope = module.tree.scope_of(node).definition
    return scope.start if scope is not None else 0


def _looked_up(keyword: Keyword, module: Module) -> list[Node]:
    """Where a module has a keyword: outside of imports, or in them where it is nowhere else."""
    form, tree = keyword.form, module.tree
    if form.nodes[0].type != "identifier" or len(form.nodes) > 1:
        found = [one.nodes[0] for one in find(form, tree)]
        return found or _imported(keyword, module)
    used: list[Node] = []
    imported: list[Node] = []
    for match in re.finditer(rb"\b%s\b" % re.escape(form.anchor.encode()), tree.data):
        node = tree.node_at(*match.span())
        if node is None or node.type != "identifier" or node.byte_range != match.span():
            continue
        (used if next(ancestors(node, *IMPORTS), None) is None else imported).append(node)
    return used or imported


def _imported(keyword: Keyword, module: Module) -> list[Node]:
    """Imports of what a dotted keyword names."""
    named = keyword.form.named
    return (
        [
            one.node
            for one in module.tree.import_statements
            if any(name.target == named or name.target.startswith(f"{named}.") for name in one.names)
        ]
        if named
        else []
    )
