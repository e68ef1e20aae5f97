"""CN401: a module of one service imports another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from tree_sitter import Node

from canonry.model import (
    Applicability,
    Finding,
    Location,
    OfferedFix,
    Position,
    Priority,
    Range,
    Related,
    Severity,
    TextEdit,
)
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.service_imports import imported_by_name, leans_on
from canonry.scopes.services import SHARED
from canonry.syntax import ImportStatement

_SHOP = {
    "pyproject.toml": """\
[tool.canonry.services]
auth = "services/auth"
billing = "services/billing"
shared = ["libs"]

[tool.canonry.allowed-imports]
billing = ["auth"]
""",
    "services/auth/auth_app/__init__.py": "",
    "services/auth/auth_app/tokens.py": "def token_of(user):\n    return str(user)\n",
    "services/billing/billing_app/__init__.py": "",
    "services/billing/billing_app/prices.py": "def price_of(item):\n    return item.price\n",
    "libs/money/__init__.py": "def price_of(item):\n    return round(item.price, 2)\n",
}


class CrossServiceImport(Rule):
    """## What it does
    Finds an import of another service's module: direct, inside a function, by `importlib.import_module`
    with a literal name, and (as information) under `if TYPE_CHECKING`. Services are those of the settings,
    else the folders that are deployed by themselves; `canonry scopes` lists them.

    ## Why is this bad?
    The service no longer starts without the other's code, settings and dependencies, and every change
    over there may break it. import-linter's contracts forbid the like once they are written down; this
    rule needs none, sees dynamic imports too, and names what the own or a shared scope has instead.

    ## Example
    ```python
    # services/auth/auth_app/views.py
    from billing_app.prices import price_of
    ```

    ## Use instead
    ```python
    from money import price_of  # libs/money, a shared scope
    ```

    ## When it stays silent
    - the target is `shared`, or the settings allow it (`allowed-imports`)
    - a detected service declares the other one among its dependencies, or ten files and a tenth of all import
      it: the one is built upon the other; or two other services are built upon it
    - the own service has a module of that name: that one is meant
    - modules that belong to no service
    """

    code: ClassVar[str] = "CN401"
    name: ClassVar[str] = "cross-service-import"
    severity: ClassVar[Severity] = Severity.ERROR
    priority: ClassVar[Priority | None] = Priority.P1
    INVALID: ClassVar = (
        Invalid(
            "a direct import, with the shared equivalent as the fix",
            {
                **_SHOP,
                "services/auth/auth_app/views.py": """\
from billing_app.prices import price_of  # want: CN401 `billing`


def view(item):
    return price_of(item)
""",
            },
            fixed={
                "services/auth/auth_app/views.py": """\
from money import price_of


def view(item):
    return price_of(item)
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "inside a function, of a whole module",
            {
                **_SHOP,
                "services/auth/auth_app/views.py": """\
def view(item):
    import billing_app.prices as prices  # want: CN401 billing_app.prices

    return prices.price_of(item)
""",
            },
        ),
        Invalid(
            "by name",
            {
                **_SHOP,
                "services/auth/auth_app/views.py": """\
from importlib import import_module


def view(item):
    return import_module("billing_app.prices").price_of(item)  # want: CN401
""",
            },
        ),
        Invalid(
            "for type checkers only: as information",
            {
                **_SHOP,
                "services/auth/auth_app/views.py": """\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing_app import prices  # want: CN401 for type checkers
""",
            },
        ),
        Invalid(
            "detected services: each folder is deployed by itself",
            {
                "apps/web/Dockerfile": "FROM python\n",
                "apps/web/web/main.py": "import mailer.queue  # want: CN401 `mailer`\n",
                "apps/mailer/Dockerfile": "FROM python\n",
                "apps/mailer/mailer/__init__.py": "",
                "apps/mailer/mailer/queue.py": "def push(): ...\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "the own service", {**_SHOP, "services/auth/auth_app/views.py": "from auth_app import tokens\n"}
        ),
        Valid("a shared scope", {**_SHOP, "services/auth/auth_app/views.py": "from money import price_of\n"}),
        Valid(
            "an allowed edge",
            {**_SHOP, "services/billing/billing_app/views.py": "from auth_app.tokens import token_of\n"},
        ),
        Valid("a library", {**_SHOP, "services/auth/auth_app/views.py": "import json.decoder\n"}),
        Valid("code of no service", {**_SHOP, "manage.py": "from billing_app.prices import price_of\n"}),
        Valid(
            "each service has a module of that name",
            {
                **_SHOP,
                "services/auth/settings.py": "NAME = 1\n",
                "services/auth/main.py": "from settings import NAME\n",
                "services/billing/settings.py": "NAME = 2\n",
                "services/billing/main.py": "from settings import NAME\n",
            },
        ),
        Valid(
            "a detected service declares what it needs",
            {
                "apps/web/pyproject.toml": "[project]\nname = 'web'\ndependencies = ['mailer']\n",
                "apps/web/web/main.py": "import mailer.queue\n",
                "apps/mailer/pyproject.toml": "[project]\nname = 'mailer'\n",
                "apps/mailer/mailer/__init__.py": "",
                "apps/mailer/mailer/queue.py": "def push(): ...\n",
            },
        ),
        Valid(
            "a plug-in that is built upon another service, though it does not declare it",
            {
                "backend/pyproject.toml": "[project]\nname = 'shop'\n",
                "backend/src/shop/__init__.py": "",
                "backend/src/shop/carts.py": "def cart_of(user):\n    return user.cart\n",
                "premium/pyproject.toml": "[project]\nname = 'shop-premium'\n",
                "premium/src/shop_premium/__init__.py": "",
                **{
                    f"premium/src/shop_premium/feature_{number}.py": "from shop.carts import cart_of\n"
                    for number in range(10)
                },
            },
        ),
        Valid(
            "the name that is imported is not known when it is written",
            {
                **_SHOP,
                "services/auth/auth_app/views.py": """\
from importlib import import_module


def view(name):
    return import_module(f"billing_app.{name}")
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each import statement, or call that imports, of another service's module."""
        if not module.service or not context.services.names():
            return
        tree = module.tree
        for statement in tree.import_statements:
            for one in statement.names:
                place = self._foreign(one.target, module, context)
                if place is not None:
                    yield self._found(statement.node, one.target, place, module, context, statement)
                    break
        for call, name in imported_by_name(tree):
            place = self._foreign(name, module, context)
            if place is not None:
                yield self._found(call.node, name, place, module, context, None)

    def _foreign(self, dotted: str, module: Module, context: RuleContext) -> str | None:
        """The file of another service that an import reaches though it may not."""
        place = context.module_at(dotted, module.service)
        if place is None:
            return None
        other = context.services.of(place[0])
        if context.services.may_import(module.service, other) or leans_on(module.service, other, context):
            return None
        return place[0]

    def _found(
        self,
        node: Node,
        dotted: str,
        path: str,
        module: Module,
        context: RuleContext,
        statement: ImportStatement | None,
    ) -> Finding:
        checking = module.tree.under_type_checking(node)
        equivalent = _equivalent(dotted, module, context)
        what = " for type checkers" if checking else ""
        instead = f"; `{equivalent}` is there for it" if equivalent else ""
        symbol = context.definition(dotted)
        start = symbol.name_range if symbol is not None else Range(Position(0, 0), Position(0, 0))
        place = Location(symbol.path if symbol is not None else context.location(path, 0).path, start)
        fixes = _using(equivalent, statement, module) if equivalent and statement is not None else []
        return self.finding(
            module,
            node,
            f"`{module.service}` imports `{dotted}` of the service "
            f"`{context.services.of(path)}`{what}{instead}",
            severity=Severity.INFORMATION if checking else None,
            related=[Related(f"{dotted} belongs to {context.services.of(path)}", place, dotted)],
            fixes=fixes,
        )


def _equivalent(dotted: str, module: Module, context: RuleContext) -> str:
    """The one definition of that name and kind which the own service or a shared scope has; "" for none."""
    wanted = context.definition(dotted)
    if wanted is None:
        return ""
    found: list[str] = []
    for symbol in context.definitions_named(wanted.name):
        if symbol.kind is not wanted.kind or not symbol.importable:
            continue
        service = context.services.of(context.relative(symbol.path))
        if service in (module.service, SHARED) and context.relative(symbol.path) != module.path:
            found.append(symbol.qualified_name)
    return found[0] if len(found) == 1 else ""


def _using(equivalent: str, statement: ImportStatement, module: Module) -> list[OfferedFix]:
    """The import of the equivalent in the statement's place, where it imports that name alone."""
    if len(statement.names) != 1 or statement.node.type != "import_from_statement":
        return []
    one = statement.names[0]
    owner, _, name = equivalent.rpartition(".")

    def edits() -> list[TextEdit]:
        alias = f" as {one.alias}" if one.alias != name else ""
        return [module.replace(statement.node, f"from {owner} import {name}{alias}")]

    return [
        module.fix(
            f"Import {name} from {owner}",
            edits,
            Applicability.UNSAFE,
            "The two may differ in what they do; compare them first.",
        )
    ]
