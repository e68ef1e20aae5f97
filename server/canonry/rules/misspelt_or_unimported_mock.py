"""CN601: a name of unittest.mock or pytest that is misspelt, or not imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

import msgspec
from rapidfuzz.distance import OSA, Indel
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import (
    Applicability,
    FileEdit,
    Finding,
    Fix,
    OfferedFix,
    Position,
    Priority,
    Range,
    Refusal,
    Severity,
    TextEdit,
)
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid, import_line, name_import
from canonry.syntax import ModuleTree

_MOCK, _PYTEST = "unittest.mock", "pytest"

SOURCES = {
    **dict.fromkeys(
        (
            *("Mock", "MagicMock", "AsyncMock", "PropertyMock", "NonCallableMock", "NonCallableMagicMock"),
            *("patch", "call", "ANY", "sentinel", "mock_open", "create_autospec"),
        ),
        _MOCK,
    ),
    "mock": "unittest",
    **dict.fromkeys(("raises", "approx", "fixture"), _PYTEST),
    "pytest": "",
}
"""Names that tests import, and where from; "" for a module of its own."""

_LIKE_MOCK = ("Mock", "MagicMock", "AsyncMock", "PropertyMock", "NonCallableMock", "NonCallableMagicMock")
_SCRAMBLED = {
    "".join(sorted(name)): name for name in ("pytest", "patch", "mock", "mock_open", "create_autospec")
}
"""Short words of everyday: only their own letters in another order are a slip of the fingers."""

_RARE = ("approx", "raises")
"""Words that are close to no other one: a letter too much or too few is a slip."""
_HALF = ("Magic", "Async", "NonCallable", "Property")
"""Half of the name is right; a search that replaced too much has changed the other (`MagicNone`)."""
CLOSE = 0.6
"""Indel similarity from which a name with one right half stands for the whole: `MagicNone` has 0.67,
`AsyncClient` 0.5.
"""

_WORD = re.compile(
    rb"(?<![\w.])(?:[A-Z]\w{1,22}|mock|patch|call|raises|approx|fixture|pytest"
    rb"|[mcok]{4}|[patch]{5}|[pytes]{5,7}|mock_?\w{3,5}|create_?\w{6,9}|sentinel|ap{1,3}ro\w{1,3}|r[ais]{2,4}es)\b"
)
"""All that may be one of the names, or is close to one. A dot in front makes it an attribute."""


class MockName(msgspec.Struct, frozen=True, array_like=True):
    """A name that nothing binds, and the one that is meant; they are the same where an import is missing."""

    written: str
    meant: str
    line: int
    column: int
    insert_line: int
    insert_column: int
    insert: str
    """The text that imports `meant`, and where it goes; "" where the module has it."""


def _mock_names(tree: ModuleTree) -> Iterator[MockName]:
    data = tree.data
    if b"def test" not in data and b"Mock" not in data and b"pytest" not in data:
        return
    found: dict[str, str] = {}
    for word in tree.texts(_WORD):
        written = word.decode("utf-8", "replace")
        meant = _meant(written)
        if meant:
            found[written] = meant
    if not found or any(one.name == "*" for one in tree.facts.imports):
        return
    bound = tree.scopes.module.bound
    for written, meant in sorted(found.items()):
        if written in bound:
            continue
        for node in _undefined(written, tree):
            at = tree.range(node).start
            edit = _import_edit(meant, tree) if meant not in bound else None
            place = edit.range.start if edit is not None else Position(0, 0)
            text = edit.new_text if edit is not None else ""
            yield MockName(written, meant, at.line, at.column, place.line, place.column, text)


MOCK_NAMES = Extractor("mock-names", 1, MockName, _mock_names, key=lambda row: (row.written,))


class MisspeltOrUnimportedMock(Rule):
    """## What it does
    Finds a name in a test module that nothing defines and that is a name of `unittest.mock` or pytest: a
    misspelt one (`MagicNone` for `MagicMock`), or one that is not imported. It says how many other
    files share the mistake.

    ## Why is this bad?
    The test fails with a NameError before it tests anything, or never, where the line is not reached. A
    search and replace that went too far leaves the same mistake in hundreds of tests. pyright and ruff (F821)
    say that the name is undefined; this rule knows which one is meant, and mends all files at once.

    ## Example
    ```python
    from unittest.mock import MagicMock


    def test_send():
        client = MagicNone()
    ```

    ## Use instead
    ```python
    from unittest.mock import MagicMock


    def test_send():
        client = MagicMock()
    ```

    ## When it stays silent
    - the name is bound anywhere that the use can see: an import, a fixture's parameter, an own class
    - a star import may define it
    - the workspace has a definition of that name: its import is missing, and it is not misspelt
    - the module is no test
    """

    code: ClassVar[str] = "CN601"
    name: ClassVar[str] = "misspelt-or-unimported-mock"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    INVALID: ClassVar = (
        Invalid(
            "a replacement that went too far",
            {
                "tests/test_mail.py": """\
from unittest.mock import MagicMock


def test_send():
    client = MagicNone()  # want: CN601 `MagicMock` is meant
    assert client.send() is not MagicMock()
"""
            },
            fixed={
                "tests/test_mail.py": """\
from unittest.mock import MagicMock


def test_send():
    client = MagicMock()
    assert client.send() is not MagicMock()
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a mock that is not imported, beside one that is",
            {
                "tests/test_mail.py": """\
from unittest.mock import patch


def test_send():
    with patch("mail.client", AsyncMock()):  # want: CN601 not imported
        pass
"""
            },
            fixed={
                "tests/test_mail.py": """\
from unittest.mock import AsyncMock, patch


def test_send():
    with patch("mail.client", AsyncMock()):
        pass
"""
            },
        ),
        Invalid(
            "pytest itself is not imported",
            {
                "tests/test_mail.py": """\
import mail


@pytest.mark.parametrize("to", ["a", "b"])  # want: CN601 `pytest` is not imported
def test_send(to):
    assert mail.send(to)
"""
            },
            fixed={
                "tests/test_mail.py": """\
import mail
import pytest


@pytest.mark.parametrize("to", ["a", "b"])
def test_send(to):
    assert mail.send(to)
"""
            },
        ),
        Invalid(
            "the same slip in several files",
            {
                "tests/test_mail.py": """\
from unittest.mock import Mock


def test_send():
    assert Mokc() or Mock()  # want: CN601 1 other file
""",
                "tests/test_fax.py": """\
import fax


def test_send():
    assert fax.send(Mokc())  # want: CN601 1 other file
""",
            },
        ),
        Invalid(
            "imported in one function, used in another",
            {
                "tests/test_mail.py": """\
def test_send():
    from unittest.mock import MagicMock

    assert MagicMock()


def test_receive():
    assert MagicMock()  # want: CN601 not imported
"""
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "everything is imported, under other names too",
            {
                "tests/test_mail.py": """\
import unittest.mock as um
from unittest import mock
from unittest.mock import MagicMock as MM, patch


def test_send():
    assert MM() and um.Mock() and mock.AsyncMock() and patch
"""
            },
        ),
        Valid(
            "a star import may define it",
            {
                "tests/test_mail.py": """\
from tests.helpers import *


def test_send():
    assert MagicMock()
"""
            },
        ),
        Valid(
            "an own class with a name that looks like it",
            {
                "tests/test_mail.py": """\
class MockMail:
    pass


class MagicMok(MockMail):
    pass


def test_send():
    assert MagicMok() and MockMail()
"""
            },
        ),
        Valid(
            "parameters, attributes, keywords and strings are no uses of an undefined name",
            {
                "tests/test_mail.py": """\
def test_send(mock, patch, mail):
    \"\"\"MagicMock and patch are meant to be called; call and fixture too.\"\"\"
    mail.call("Mock", call=1, fixture=2)
    mail.MagicMock.raises()
    return mock, patch
"""
            },
        ),
        Valid(
            "no test module",
            """\
def build():
    return MagicMock()
""",
        ),
        Valid(
            "a class of the workspace whose import is missing is not misspelt",
            {
                "app/mode.py": """\
class AsyncMode:
    pass
""",
                "tests/test_mode.py": """\
def test_mode():
    assert AsyncMode()
""",
            },
        ),
        Valid(
            "a method that is called so",
            {
                "tests/helpers.py": """\
class Client:
    def patch(self, path):
        return self.call(path)

    def call(self, path):
        return path
"""
            },
        ),
        Valid(
            "an undefined name that is far from all of them",
            {
                "tests/test_mail.py": """\
def test_send():
    assert Client() and path and AsyncClient()
"""
            },
        ),
        Valid(
            "bound by an alternative import, a loop, or `global`",
            {
                "tests/test_mail.py": """\
try:
    from unittest.mock import AsyncMock
except ImportError:
    AsyncMock = None


def test_send(calls):
    global Mock
    from unittest.mock import Mock

    for call in calls:
        assert call and AsyncMock


def test_receive():
    assert Mock()
"""
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each use of such a name in a test module."""
        if not module.is_test:
            return
        shared: dict[str, list[tuple[str, MockName]]] = {}
        for row in context.rows_of(MOCK_NAMES, module.path):
            unimported = row.written == row.meant
            if not unimported and context.definitions_named(row.written):
                continue
            if row.written not in shared:
                shared[row.written] = _others(row, module, context)
            others = shared[row.written]
            message = (
                f"`{row.written}` is not imported"
                if unimported
                else f"`{row.written}` is not defined; `{row.meant}` is meant"
            )
            files = len({path for path, _ in others})
            if files:
                message += f" (also in {files} other file{'s' if files > 1 else ''})"
            at = Position(row.line, row.column)
            yield self.finding(
                module,
                Range(at, Position(row.line, row.column + len(row.written))),
                message,
                fixes=_fixes(row, others, module, context),
            )


def _others(row: MockName, module: Module, context: RuleContext) -> list[tuple[str, MockName]]:
    """The same mistake in other test modules."""
    return [
        (path, one)
        for path, one in context.rows(MOCK_NAMES, row.written)
        if path != module.path and context.role(path).is_test
    ]


def _meant(written: str) -> str:
    """The name that a word is, or is a slip of; "" for none."""
    if written in SOURCES:
        return written
    scrambled = _SCRAMBLED.get("".join(sorted(written)))
    if scrambled:
        return scrambled
    if not written[0].isupper():
        return next((one for one in _RARE if OSA.distance(written, one) == 1), "")
    for name in _LIKE_MOCK:
        if OSA.distance(written, name) <= (1 if len(name) < 6 else 2) and written[0] == name[0]:
            return name if written not in ("Mocks", "Mocked") else ""
    half = next((one for one in _HALF if written.startswith(one) and len(written) > len(one)), "")
    if not half:
        return ""
    best = max((one for one in _LIKE_MOCK if one.startswith(half)), key=lambda one: _likeness(written, one))
    return best if _likeness(written, best) >= CLOSE else ""


def _likeness(one: str, other: str) -> float:
    return Indel.normalized_similarity(one, other)


def _undefined(written: str, tree: ModuleTree) -> Iterator[Node]:
    """The uses of a name that nothing binds, in order."""
    for match in re.finditer(rb"(?<![\w.])" + re.escape(written.encode()) + rb"\b", tree.data):
        node = tree.node_at(match.start(), match.end() - 1)
        if node is None or node.type != "identifier" or node.parent is None:
            continue
        above = node.parent
        if above.type in ("dotted_name", "aliased_import", "ERROR", "keyword_pattern"):
            continue
        if above.type in _NAMING and above.child_by_field_name("name") == node:
            continue
        if not tree.binds(written, tree.scope_of(node)) and not _is_global(written, tree):
            yield node


_NAMING = ("keyword_argument", "function_definition", "class_definition")
"""What has a name of its own, which is no use of it."""


def _is_global(written: str, tree: ModuleTree) -> bool:
    """Whether some function makes it a name of the module."""
    return any(written in scope.outer for scope in tree.scopes.all())


def _import_edit(meant: str, tree: ModuleTree) -> TextEdit:
    source = SOURCES[meant]
    if source:
        return name_import(tree, source, meant)
    return import_line(tree, f"import {meant}")


def _edits(rows: Sequence[MockName]) -> tuple[TextEdit, ...]:
    """The edits of one file that mend these rows of it; an import is added once."""
    edits: set[TextEdit] = set()
    for row in rows:
        if row.insert:
            at = Position(row.insert_line, row.insert_column)
            edits.add(TextEdit(Range(at, at), row.insert))
        if row.written != row.meant:
            start = Position(row.line, row.column)
            edits.add(TextEdit(Range(start, Position(row.line, row.column + len(row.written))), row.meant))
    return tuple(sorted(edits, key=lambda one: one.range))


def _fixes(
    row: MockName, others: Sequence[tuple[str, MockName]], module: Module, context: RuleContext
) -> Iterator[OfferedFix]:
    unimported = row.written == row.meant
    caution = f"It is assumed that `{row.meant}` is meant." if not unimported else ""
    applicability = Applicability.SAFE if unimported else Applicability.UNSAFE
    title = f"Import `{row.meant}`" if unimported else f"Replace `{row.written}` by `{row.meant}`"
    yield module.fix(title, lambda: _edits([row]), applicability, caution)
    mine = [one for one in context.rows_of(MOCK_NAMES, module.path) if one.written == row.written]
    if len(mine) + len(others) < 2 or (unimported and not others):
        return
    everywhere = f"{title} in all files" if others else f"{title} everywhere in this file"

    def compute() -> Fix | Refusal:
        by_path: dict[str, list[MockName]] = {}
        for path, one in others:
            by_path.setdefault(path, []).append(one)
        files = [FileEdit(module.location.path, _edits(mine), module.version)]
        files += [FileEdit(context.location(path, 0).path, _edits(rows)) for path, rows in by_path.items()]
        return Fix(everywhere, tuple(files), applicability, caution)

    yield OfferedFix(everywhere, compute, applicability, preferred=False)
