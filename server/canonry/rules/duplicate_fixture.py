"""CN007: a pytest fixture that another one in reach does already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from canonry.model import (
    Applicability,
    Finding,
    OfferedFix,
    Position,
    Priority,
    Range,
    Refusal,
    Related,
    Severity,
    TextEdit,
)
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.fixtures import FIXTURES, Fixture, is_above, visible

_CLIENT = '''\
import pytest
from app.client import Client


@pytest.fixture
def client(settings):
    """A client of the test server."""
    made = Client(settings.url)
    yield made
    made.close()
'''


_BUILT = """\
import pytest


def build(settings):
    return [settings, __file__]


@pytest.fixture
def built(settings):
    return build(settings)
"""


class DuplicateFixture(Rule):
    """## What it does
    Finds a pytest fixture that does the same as one of a conftest above it, or as one of another test module
    from which it could be lifted to a common conftest. It may have another name.

    ## Why is this bad?
    Two fixtures for one thing drift apart, and tests that look alike run on different ground. A fixture
    that hides the same one above makes readers look for a difference that is not there. ruff (PT) judges
    a fixture by itself; this rule compares those of all files.

    ## Example
    ```python
    # tests/conftest.py and tests/api/test_users.py both have
    @pytest.fixture
    def client(settings):
        return Client(settings.url)
    ```

    ## Use instead
    ```python
    # tests/api/test_users.py asks for the one of the conftest
    def test_users(client): ...
    ```

    ## When it stays silent
    - another scope, other params, autouse or ids
    - a fixture that it asks for is another one there
    - the names in its body mean other things
    - plain values and stand-ins (`return 3`, `MagicMock()`), where none is in scope under that name
    - autouse fixtures of two test modules: lifted, they would be used by all
    - fixtures in classes, and those of another service
    """

    code: ClassVar[str] = "CN007"
    name: ClassVar[str] = "duplicate-fixture"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "the conftest above has it",
            {
                "tests/conftest.py": _CLIENT,
                "tests/api/test_users.py": """\
import pytest
from app.client import Client


@pytest.fixture
def client(settings):  # want: CN007 does what `client` of tests/conftest.py does
    c = Client(settings.url)
    yield c
    c.close()


def test_users(client):
    assert client
""",
            },
            fixed={
                "tests/api/test_users.py": """\
def test_users(client):
    assert client
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "under another name",
            {
                "tests/conftest.py": _CLIENT,
                "tests/test_users.py": _CLIENT.replace(
                    "def client(settings):",
                    "def api(settings):  # want: CN007 `client`",
                ),
            },
        ),
        Invalid(
            "two test modules have it: it can be lifted",
            {
                "tests/test_a.py": _CLIENT,
                "tests/test_b.py": _CLIENT.replace(
                    "def client(settings):",
                    "def client(settings):  # want: CN007 common conftest",
                ),
            },
        ),
        Invalid(
            "a conftest that repeats the one above it",
            {
                "tests/conftest.py": _CLIENT,
                "tests/api/conftest.py": _CLIENT.replace(
                    "def client(settings):",
                    "def client(settings):  # want: CN007 tests/conftest.py",
                ),
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "stand-ins of which nothing is known: each module says what it needs one for",
            {
                "tests/test_a.py": """\
from unittest.mock import MagicMock

import pytest


@pytest.fixture
def session():
    return MagicMock()
""",
                "tests/test_b.py": """\
from unittest.mock import MagicMock

import pytest


@pytest.fixture
def mock_toolkit():
    return MagicMock()
""",
            },
        ),
        Valid(
            "another scope",
            {
                "tests/conftest.py": _CLIENT,
                "tests/test_a.py": _CLIENT.replace(".fixture", '.fixture(scope="session")'),
            },
        ),
        Valid(
            "other params",
            {
                "tests/conftest.py": _CLIENT.replace(".fixture", ".fixture(params=[1, 2])"),
                "tests/test_a.py": _CLIENT.replace(".fixture", ".fixture(params=[3])"),
            },
        ),
        Valid(
            "another class under the same name",
            {
                "tests/test_a.py": _CLIENT,
                "tests/test_b.py": _CLIENT.replace("app.client", "app.async_client"),
            },
        ),
        Valid(
            "it does something else",
            {
                "tests/conftest.py": _CLIENT,
                "tests/test_a.py": _CLIENT.replace("made.close()", "made.close(force=True)"),
            },
        ),
        Valid(
            "it is built on the one above",
            {
                "tests/conftest.py": _CLIENT,
                "tests/test_a.py": """\
import pytest


@pytest.fixture
def client(client):
    client.login()
    return client
""",
            },
        ),
        Valid(
            "what it asks for is another fixture there",
            {
                "tests/conftest.py": _CLIENT,
                "tests/test_a.py": _CLIENT
                + """\


@pytest.fixture
def settings(tmp_path):
    return tmp_path.settings
""",
            },
        ),
        Valid(
            "used by all tests of two modules, not by those of a third",
            {
                "tests/test_a.py": _CLIENT.replace(".fixture", ".fixture(autouse=True)"),
                "tests/test_b.py": _CLIENT.replace(".fixture", ".fixture(autouse=True)"),
            },
        ),
        Valid(
            "plain values of two modules",
            {
                "tests/test_a.py": "import pytest\n\n\n@pytest.fixture\ndef size():\n    return 3\n",
                "tests/test_b.py": "import pytest\n\n\n@pytest.fixture\ndef limit():\n    return 3\n",
            },
        ),
        Valid(
            "a helper of each module",
            {"tests/test_a.py": _BUILT, "tests/test_b.py": _BUILT},
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each fixture that repeats one."""
        if not module.is_test:
            return
        for mine in context.rows_of(FIXTURES, module.path):
            same = _same(mine, module, context)
            above = [one for one in same if is_above(one[0], module.path)]
            if above:
                path, other = max(above, key=lambda one: (one[0].count("/"), one[1].name == mine.name))
                if mine.plain and mine.name != other.name:
                    continue
                where = f"`{other.name}` of {path} does, which is in scope here"
            else:
                free = [one for one in same if not _has_above(one, context)]
                first = min(free, key=lambda one: one[0], default=None)
                if mine.plain or "autouse=True" in mine.options or first is None or first[0] > module.path:
                    continue
                path, other = first
                where = f"`{other.name}` of {path} does; one in a common conftest would serve both"
            at = Range(
                Position(mine.line, mine.column), Position(mine.line, mine.column + len(mine.function))
            )
            place = context.location(path, other.line, other.column, other.column + len(other.function))
            yield self.finding(
                module,
                at,
                f"Fixture `{mine.name}` does what {where}",
                related=[Related(f"`{other.name}` is defined here", place)],
                fixes=_fixes(mine, other, module, context) if above else (),
            )


def _same(mine: Fixture, module: Module, context: RuleContext) -> list[tuple[str, Fixture]]:
    """The fixtures of other files that do the same with the same."""
    return [
        (path, one)
        for path, one in context.rows(FIXTURES, f"does:{mine.meaning}")
        if path != module.path
        and (one.options, one.parameters, one.meaning) == (mine.options, mine.parameters, mine.meaning)
        and context.services.of(path) == module.service
        and all(_same_request(name, path, module.path, context) for name in mine.parameters)
    ]


def _same_request(name: str, path: str, other: str, context: RuleContext) -> bool:
    """Whether two files get the same fixture, or two that do the same, under a name."""
    one, two = visible(name, path, context), visible(name, other, context)
    if one is None or two is None:
        return one is two
    return one[1].meaning == two[1].meaning and one[1].options == two[1].options


def _has_above(fixture: tuple[str, Fixture], context: RuleContext) -> bool:
    path, row = fixture
    return any(
        is_above(other, path) and one.meaning == row.meaning and one.options == row.options
        for other, one in context.rows(FIXTURES, f"does:{row.meaning}")
    )


def _fixes(mine: Fixture, other: Fixture, module: Module, context: RuleContext) -> Iterator[OfferedFix]:
    """Taking the fixture away, where tests get the same one under its name then."""
    dotted = f"{module.facts.module}.{mine.function}"
    if mine.name != other.name or context.files_referring(dotted) - {module.path}:
        return
    lines = module.text.splitlines(keepends=True)
    comments = any("#" in one for one in lines[mine.start_line : mine.end_line + 1]) or (
        mine.start_line > 0 and lines[mine.start_line - 1].startswith("#")
    )

    def edits() -> Sequence[TextEdit] | Refusal:
        from canonry.edits.sources import SourceFile
        from canonry.edits.taking_out import take_out

        path, facts = module.location.path, module.facts
        file = SourceFile(path, module.text, facts.module, path.name == "__init__.py", module.version)
        return take_out(
            file,
            mine.function,
            mine.line,
            lambda name: bool(context.files_referring(f"{facts.module}.{name}") - {module.path}),
        )

    yield module.fix(
        f"Remove it: `{other.name}` above does the same",
        edits,
        Applicability.UNSAFE if comments else Applicability.SAFE,
        "Its comments go with it." if comments else "",
    )
