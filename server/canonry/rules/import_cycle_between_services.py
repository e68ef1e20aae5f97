"""CN403: services that import each other in a cycle."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import msgspec

from canonry.index.extraction import Extractor
from canonry.model import Finding, Priority, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.cross_service_import import imported_by_name
from canonry.scopes.roles import Role
from canonry.scopes.services import SHARED, Services
from canonry.syntax import ModuleTree


class ImportedNames(msgspec.Struct, frozen=True, array_like=True):
    """What a file imports when it runs, one row for each file that imports more than the standard library."""

    targets: str
    """Dotted names and their lines, `app.money.total:3`, with spaces between them: one string is small."""


def _imported(tree: ModuleTree) -> Iterator[ImportedNames]:
    found = {
        f"{one.target}:{one.line}"
        for one in tree.facts.imports
        if not one.type_checking and one.module.partition(".")[0] not in sys.stdlib_module_names
    }
    found.update(f"{dotted}:{call.node.start_point[0]}" for call, dotted in imported_by_name(tree))
    if found:
        yield ImportedNames(" ".join(sorted(found)))


IMPORTED_NAMES = Extractor("imported-names", 2, ImportedNames, _imported, key=lambda row: ("all",))

Edges = dict[str, dict[str, tuple[str, int]]]
"""For a service those that it imports, each with the first import: a path and a line."""


@dataclass
class _Imports:
    """The imports of all files, and the graph of services that was last made of them."""

    targets: Mapping[str, str]
    known: tuple[Services, Edges] | None = field(default=None)

    def edges(self, context: RuleContext) -> Edges:
        """Who imports whom, through production code alone."""
        services = context.services
        if self.known is not None and self.known[0] is services:
            return self.known[1]
        found: Edges = {}
        served: dict[tuple[str, str], str] = {}
        for path, targets in self.targets.items():
            mine = services.of(path)
            if mine in ("", SHARED) or context.role(path) is not Role.SOURCE:
                continue
            for target in targets.split(" "):
                dotted, _, line = target.rpartition(":")
                key = (mine, dotted)
                if key not in served:
                    place = context.module_at(dotted, mine)
                    served[key] = services.of(place[0]) if place is not None else ""
                other = served[key]
                if other not in ("", SHARED, mine):
                    found.setdefault(mine, {}).setdefault(other, (path, int(line)))
        self.known = (services, found)
        return found


def _collect(rows: Mapping[str, tuple[ImportedNames, ...]]) -> _Imports:
    return _Imports({path: held[0].targets for path, held in rows.items()})


_TOML = '[services]\nauth = "auth"\nbilling = "billing"\nmail = "mail"\nshared = ["common"]\n'


class ImportCycleBetweenServices(Rule):
    """## What it does
    Finds the imports by which services depend on each other in a cycle: `auth` imports `billing`, and
    `billing` imports `auth`, directly or through others. The message shows the way round.

    ## Why is this bad?
    Services in a cycle cannot be built, deployed or tested one without the other: they are one service in
    several folders. Import checkers see cycles of modules; import-linter needs a contract, this rule knows
    the services.

    ## Example
    ```python
    # auth/tokens.py
    from billing.plans import plan_of

    # billing/invoices.py
    from auth.users import user_of
    ```

    ## Use instead
    ```python
    # billing/invoices.py is given what it needs
    def invoice(user): ...
    ```

    ## When it stays silent
    - the import is among `allowed-imports`
    - imports for type checkers, of tests, scripts and migrations
    - shared folders, and workspaces without services
    """

    code: ClassVar[str] = "CN403"
    name: ClassVar[str] = "import-cycle-between-services"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "inside of a function, and by name",
            {
                "canonry.toml": _TOML,
                "auth/__init__.py": "",
                "auth/tokens.py": """\
import importlib


def plan(user):
    return importlib.import_module("billing.plans").plan_of(user)  # want: CN403 auth -> billing -> auth
""",
                "billing/__init__.py": "",
                "billing/plans.py": """\
def plan_of(user):
    from auth.tokens import plan  # want: CN403

    return plan(user)
""",
            },
        ),
        Invalid(
            "two services",
            {
                "canonry.toml": _TOML,
                "auth/tokens.py": "from billing.plans import plan_of  # want: CN403 auth -> billing\n",
                "billing/plans.py": "def plan_of(): ...\n",
                "billing/invoices.py": "import auth.users  # want: CN403 billing -> auth -> billing\n",
                "auth/users.py": "def user_of(): ...\n",
            },
        ),
        Invalid(
            "three services",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "from billing import b  # want: CN403 auth -> billing -> mail -> auth\n",
                "billing/b.py": "from mail import m  # want: CN403\n",
                "mail/m.py": "from auth import a  # want: CN403\n",
            },
        ),
        Invalid(
            "an import inside a function",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "def late():\n    from billing import b  # want: CN403\n\n    return b\n",
                "billing/b.py": "import auth.a  # want: CN403\n",
            },
        ),
        Invalid(
            "one direction is allowed: the other one is the mistake",
            {
                "canonry.toml": _TOML + '\n[allowed-imports]\nauth = ["billing"]\n',
                "auth/a.py": "from billing import b\n",
                "billing/b.py": "from auth import a  # want: CN403\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "one direction",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "from billing import b\n",
                "billing/b.py": "from mail import m\n",
                "mail/m.py": "import json\n",
            },
        ),
        Valid(
            "for type checkers",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "from billing import b\n",
                "billing/b.py": """\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auth import a
""",
            },
        ),
        Valid(
            "the way back is a test",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "from billing import b\n",
                "billing/b.py": "x = 1\n",
                "billing/tests/test_b.py": "from auth import a\n",
            },
        ),
        Valid(
            "both are allowed",
            {
                "canonry.toml": _TOML + '\n[allowed-imports]\nauth = ["billing"]\nbilling = ["auth"]\n',
                "auth/a.py": "from billing import b\n",
                "billing/b.py": "from auth import a\n",
            },
        ),
        Valid(
            "through what is shared",
            {
                "canonry.toml": _TOML,
                "auth/a.py": "from common import c\n",
                "common/c.py": "from auth import a\n",
            },
        ),
        Valid(
            "modules of one service",
            {"canonry.toml": _TOML, "auth/a.py": "from auth import b\n", "auth/b.py": "from auth import a\n"},
        ),
        Valid(
            "no services",
            {"auth/a.py": "from billing import b\n", "billing/b.py": "from auth import a\n"},
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each import that is an edge of a cycle."""
        mine, services = module.service, context.services
        if mine in ("", SHARED) or not module.is_production:
            return
        allowed = context.settings.allowed_imports.get(mine, ())
        edges: Edges | None = None
        tree = module.tree
        imported = [
            (statement.node, [one.target for one in statement.names if not one.type_checking])
            for statement in tree.import_statements
        ]
        imported += [(call.node, [dotted]) for call, dotted in imported_by_name(tree)]
        for node, targets in imported:
            for target in targets:
                place = context.module_at(target, mine)
                other = services.of(place[0]) if place is not None else ""
                if other in ("", SHARED, mine) or other in allowed:
                    continue
                if edges is None:
                    edges = context.derived(IMPORTED_NAMES, _collect).edges(context)
                back = _way(other, mine, edges)
                if not back:
                    continue
                places = [(*edges[first][second], first, second) for first, second in pairwise(back)]
                yield self.finding(
                    module,
                    node,
                    f"Services import each other in a cycle: {' -> '.join((mine, *back))}",
                    related=[
                        Related(f"{first} imports {second} here", context.location(path, line))
                        for path, line, first, second in places
                    ],
                )
                break


def _way(start: str, end: str, edges: Edges) -> list[str]:
    """The shortest way from a service to another, both among it; nothing where there is none."""
    before: dict[str, str] = {start: ""}
    todo = [start]
    while todo:
        one = todo.pop(0)
        if one == end:
            way = [one]
            while before[way[0]]:
                way.insert(0, before[way[0]])
            return way
        for other in sorted(edges.get(one, ())):
            if other not in before:
                before[other] = one
                todo.append(other)
    return []
