"""CN602: a test module in which pytest collects nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import ClassVar

from canonry.model import Finding, Position, Priority, Range, Severity, SymbolKind
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.scopes.suites import Collected, names
from canonry.syntax import Definition

_DATA = frozenset(
    ("data", "testdata", "test_data", "fixtures", "roots", "resources", "assets", "samples", "cases")
)
_MADE = re.compile(
    rb"pytest_generate_tests|(?<!def )\bscenarios?\(|load_tests|\bsetattr\(|\bglobals\(\)|\btype\(.*,.*,|>>> "
    rb"|\bpytest_collect|__test__|^\s*(?:test|Test)\w*\s*[:=]|\.TestCase\b",
    re.MULTILINE,
)
"""Words by which tests are made otherwise than by a definition, or collecting is turned off on purpose."""

_NO_TEST = re.compile(rb"^#.*\b(?:not|no) an? (?:pytest |unit |real )?test\b", re.MULTILINE | re.IGNORECASE)
"""A comment that says of the file that it is none."""
_TOOLS = frozenset(("scripts", "script", "tools", "bin", "ci", "continuous_integration", "devtools"))
"""Folders of programs: a `test_report.py` there reports on tests."""


class TestModuleWithoutTests(Rule):
    """## What it does
    Finds a module that is called as a test module is and has no test that pytest would collect.

    ## Why is this bad?
    It looks like a test, and nothing is tested: a script with prints, checks in a function that nobody calls,
    or tests whose names do not begin with `test`. pytest says nothing of it, and ruff has no such rule.

    ## Example
    ```python
    # test_login.py
    def check_login():
        assert login("ann")
    ```

    ## Use instead
    ```python
    def test_login():
        assert login("ann")
    ```

    ## When it stays silent
    - helpers: other modules import it, or it is a conftest
    - names that pytest's `python_files` (in pytest.ini, pyproject.toml, tox.ini, setup.cfg), or else
      `tests.files`, does not mean; `python_classes` and `python_functions` say what a test is
    - it imports tests, or makes them: `pytest_generate_tests`, `setattr`, `load_tests`, scenarios, doctests
    - a class that inherits its tests, as far as can be told
    - a file that says of itself that it is no test, and programs in a folder of scripts
    - data of tests (`data/`, `fixtures/`...), empty files, code with errors in it
    """

    code: ClassVar[str] = "CN602"
    name: ClassVar[str] = "test-module-without-tests"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "a function with another name",
            {
                "tests/test_login.py": """\
import login  # want: CN602 no test


def check_login():
    assert login.login("ann")
"""
            },
        ),
        Invalid(
            "a test that a function makes and keeps to itself",
            {
                "tests/test_reading.py": """\
from meter import parse  # want: CN602


def scenario(value):
    def test_value():
        assert parse(str(value)) == value

    test_value()
"""
            },
        ),
        Invalid(
            "a script",
            {
                "test_connection.py": """\
import socket  # want: CN602


def main():
    print(socket.create_connection(("localhost", 80)))


if __name__ == "__main__":
    main()
"""
            },
        ),
        Invalid(
            "a class that pytest leaves out: it has a constructor",
            {
                "tests/test_login.py": """\
class TestLogin:  # want: CN602
    def __init__(self, name):
        self.name = name

    def test_login(self):
        assert self.name
"""
            },
        ),
        Invalid(
            "pytest is told other names, and nothing here has one",
            {
                "tests/pytest.ini": "[pytest]\npython_files = check_*\npython_functions = check should_*\n",
                "tests/check_login.py": "def test_login():  # want: CN602\n    assert True\n",
                "tests/check_logout.py": "def check_logout():\n    assert True\n",
            },
        ),
        Invalid(
            "a class without tests, a function inside another",
            {
                "tests/login_test.py": """\
class TestLogin:  # want: CN602
    def login(self):
        def test_it():
            assert True
"""
            },
        ),
    )
    VALID: ClassVar = (
        Valid("a test", {"tests/test_login.py": "def test_login():\n    assert True\n"}),
        Valid(
            "methods of classes",
            {
                "tests/test_a.py": "class TestA:\n    def test_b(self):\n        assert True\n",
                "tests/test_b.py": """\
import unittest


class Login(unittest.TestCase):
    def test_it(self):
        pass
""",
            },
        ),
        Valid(
            "a class in lower case: some projects let pytest collect those",
            {"tests/test_a.py": "class test_a:\n    def test_b(self):\n        assert True\n"},
        ),
        Valid(
            "tests that are inherited or imported",
            {
                "tests/test_a.py": "from suite import Base\n\n\nclass TestA(Base):\n    size = 1\n",
                "tests/test_b.py": "from suite import test_size\n",
                "tests/test_c.py": "from suite import *\n",
            },
        ),
        Valid(
            "a helper that others import",
            {
                "tests/test_helpers.py": "def build():\n    return 1\n",
                "tests/test_a.py": "from tests.test_helpers import build\n\n\n"
                "def test_a():\n    assert build()\n",
            },
        ),
        Valid(
            "other names are configured",
            {
                "canonry.toml": '[tests]\nfiles = ["check_*.py"]\n',
                "tests/test_tools.py": "def build():\n    return 1\n",
            },
        ),
        Valid(
            "pytest is told other names of tests",
            {
                "pyproject.toml": "[tool.pytest.ini_options]\n"
                'python_functions = ["should_*"]\npython_classes = "Describe *Spec"\n',
                "tests/test_a.py": "def should_add():\n    assert True\n",
                "tests/test_b.py": "class DescribeSum:\n    def should_add(self):\n        assert True\n",
                "tests/test_c.py": "class SumSpec:\n    def should_add(self):\n        assert True\n",
            },
        ),
        Valid(
            "pytest is told other names of files",
            {
                "setup.cfg": "[tool:pytest]\npython_files = check_*.py\n",
                "tests/test_tools.py": "def build():\n    return 1\n",
            },
        ),
        Valid(
            "tests are generated",
            {
                "tests/test_a.py": """\
def make(n):
    return lambda: n


for n in range(3):
    globals()[f"test_{n}"] = make(n)
"""
            },
        ),
        Valid(
            "tests are made of scenarios",
            {"tests/test_a.py": 'import pytest_bdd as bdd\n\nbdd.scenarios("login.feature")\n'},
        ),
        Valid(
            "data of a test, an empty file and a conftest",
            {
                "tests/data/test_sample.py": "x = 1\n",
                "tests/test_empty.py": "",
                "tests/conftest.py": "x = 1\n",
            },
        ),
        Valid(
            "pytest collects every file, so that the name of none says that it is a test",
            {
                "pytest.ini": "[pytest]\npython_files = *.py\n",
                "shop/urls.py": "routes = []\n",
                "tests/test_routes.py": "def test_routes():\n    assert True\n",
            },
        ),
        Valid(
            "a program about tests, and a file that says that it is none",
            {
                "ci/scripts/test_report.py": "import sys\n\nprint(sys.argv)\n",
                "tests/import_test.py": "# This is not a pytest test: run it.\nimport shop\n\nassert shop\n",
            },
        ),
        Valid(
            "under a condition, or made by a call",
            {
                "tests/test_a.py": """\
import sys

if sys.platform == "linux":

    def test_linux():
        assert True
""",
                "tests/test_b.py": "from suite import machine\n\ntest_machine = machine()\n",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """One finding at the first line."""
        *folders, name = module.path.split("/")
        if name in ("conftest.py", "__init__.py"):
            return
        collected = context.collected(module.path)
        # `*.py` means every file, so that no name says that one is a test.
        files = [one for one in collected.files or () if re.search(r"\w", one.removesuffix(".py"))]
        meant = files or context.settings.tests.files
        if not any(_is_file(module.path, one) for one in meant) or _is_tool(folders):
            return
        if not _DATA.isdisjoint(folders) or module.tree.broken or not module.text.strip():
            return
        facts = module.facts
        if any(_is_collected(one, facts.definitions, collected) for one in facts.definitions):
            return
        if any(one.name == "*" or one.alias.lower().startswith("test") for one in facts.imports if one.name):
            return
        if module.tree.holds(_MADE.search) or module.tree.holds(_NO_TEST.search):
            return
        if _is_imported(module, context):
            return
        first = module.text.splitlines()[0]
        yield self.finding(
            module,
            Range(Position(0, 0), Position(0, len(first))),
            f"{name} has no test that pytest collects",
        )


def _is_file(path: str, pattern: str) -> bool:
    """Whether a pattern names a file, by its name or, with a slash in the pattern, by its path."""
    if "/" in pattern:
        return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")
    return fnmatchcase(path.rpartition("/")[2], pattern)


def _is_tool(folders: list[str]) -> bool:
    """Whether the folders of a file are those of programs, and not of their tests."""
    return not _TOOLS.isdisjoint(folders) and not any("test" in one for one in folders)


def _is_collected(one: Definition, all_: tuple[Definition, ...], collected: Collected) -> bool:
    """Whether a definition is a test, or a class that may have tests."""
    if one.kind is SymbolKind.CLASS:
        return bool([base for base in one.bases if base != "object"]) and _may_inherit(one)
    if "<locals>" in one.local_name:
        return False
    if one.parent < 0:
        return names(collected.functions or ("test",), one.name)
    owner = all_[one.parent]
    if owner.kind is not SymbolKind.CLASS:
        return False
    if owner.bases and one.name.startswith("test"):  # a TestCase, as far as can be told
        return True
    if not names(collected.functions or ("test",), one.name) or "__init__" in owner.members:
        return False
    # Without patterns of its own a project may still have a plugin that collects `class test_x`.
    if collected.classes is None:
        return owner.name.lower().startswith("test")
    return names(collected.classes, owner.name)


def _may_inherit(one: Definition) -> bool:
    """A class with bases may inherit tests where its name or a base's speaks of tests."""
    names = (one.name, *(base.rpartition(".")[2] for base in one.bases))
    return any(re.search(r"(?i)test|case|mixin|base|suite|spec", name) for name in names)


def _is_imported(module: Module, context: RuleContext) -> bool:
    dotted = module.facts.module
    if not dotted:
        return False
    used = any(context.uses(one) for one in module.facts.definitions if one.parent < 0)
    return used or bool(context.files_referring(dotted) - {module.path})
