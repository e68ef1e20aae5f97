"""CN403: services that import each other in a cycle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import ClassVar

from canonry.model import Finding, Priority, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.service_imports import (
    IMPORTED_NAMES,
    Edges,
    collect_imports,
    imported_by_name,
    leans_on,
)
from canonry.scopes.services import SHARED

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
    - the import is among `allowed-imports`, or is one of the many by which a detected service is built upon
      another one: the few on the way back are said
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
                    edges = context.derived(IMPORTED_NAMES, collect_imports).edges(context)
                back = _way(other, mine, edges)
                if not back or (leans_on(mine, other, context) and not leans_on(other, mine, context)):
                    continue  # of what goes in a circle the way back is the mistake
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
