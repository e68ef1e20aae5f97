"""CN003: one public name for two definitions of a service."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from canonry.model import Finding, Location, Priority, Related, Severity, Symbol, Trait
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.scopes.roles import Role
from canonry.syntax import Definition

MOST = 4
"""Modules that define a name; where more do it is a convention (`setup`, `main`), not a coincidence."""

PARALLEL = 3
"""Modules that share so many names are variants by design (two languages, two back ends)."""

_NOT_MEANT = int(Trait.OVERLOAD | Trait.CONDITIONAL | Trait.TYPE_CHECKING | Trait.TEST | Trait.NESTED)

_DOCSTRING = re.compile(r'"""(?:.|\n)*?"""')

_SHOP = {
    "shop/__init__.py": "",
    "shop/money.py": "def format_amount(amount):\n    return round(amount, 2)\n",
    "shop/till.py": "from shop.money import format_amount\n\nprint(format_amount(1))\n",
    "shop/invoice.py": "from shop.money import format_amount\n\nprint(format_amount(2))\n",
}
"""What exists in the examples."""
_REPORT = "def format_amount(amount):\n    return str(amount)\n"


class DuplicatePublicName(Rule):
    """## What it does
    Finds a public function or class whose name another module of the same service gives to a definition of
    its own, where other modules import both by that name. The canonical one, declared or most used,
    is silent.

    ## Why is this bad?
    Whoever types the name gets two proposals to import and has to know which is right; both work, and do
    different things. No linter that reads one file at a time can see it.

    ## Example
    ```python
    # shop/money.py has format_amount, which most modules import
    def format_amount(amount):  # in shop/report.py, imported by shop/mail.py
        return str(amount)
    ```

    ## Use instead
    ```python
    def format_amount_for_report(amount):
        return str(amount)
    ```

    ## When it stays silent
    - overloads, alternatives under `if` or `try`, methods, names with an underscore, tests and scripts
    - a name that one module takes from the other: re-exports, wrappers, subclasses
    - one of the two is not imported by its name; modules used as strategies (`tcp.connect`, `unix.connect`)
    - modules that share three names or more, or whose packages give out so many: they are variants by design
    - it names the other one by its module, as "not to be confused with `scheduler.Task`" does
    - one module imports both by that name: it chooses between them
    - more than four modules define it: it is a convention
    - modules of different services, or of two libraries of one repository, and what is accepted in the
      settings
    """

    code: ClassVar[str] = "CN003"
    name: ClassVar[str] = "duplicate-public-name"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a function of the same name, less used",
            {
                **_SHOP,
                "shop/report.py": _REPORT.replace(":\n", ":  # want: CN003 shop.money\n"),
                "shop/mail.py": "from shop.report import format_amount\n\nprint(format_amount(3))\n",
            },
        ),
        Invalid(
            "a class of the same name",
            {
                "shop/__init__.py": "",
                "shop/a.py": "class Basket:\n    def add(self, item): ...\n",
                "shop/b.py": "class Basket:  # want: CN003 shop.a.Basket\n    def weave(self): ...\n",
                "shop/till.py": "from shop.a import Basket\n",
                "shop/till2.py": "from shop.a import Basket\n",
                "shop/craft.py": "from shop.b import Basket\n",
            },
        ),
        Invalid(
            "the settings say which one is canonical",
            {
                "canonry.toml": '[canonical]\namounts = { symbol = "shop.report.format_amount" }\n',
                **_SHOP,
                "shop/money.py": _SHOP["shop/money.py"].replace(":\n", ":  # want: CN003 shop.report\n"),
                "shop/report.py": "def format_amount(amount):\n    return str(amount)\n",
                "shop/mail.py": "from shop.report import format_amount\n",
            },
        ),
        Invalid(
            "a comment says which one is canonical",
            {
                **_SHOP,
                "shop/money.py": _SHOP["shop/money.py"].replace(":\n", ":  # want: CN003 shop.report\n"),
                "shop/report.py": "# canonry: canonical\n" + _REPORT,
                "shop/mail.py": "from .report import format_amount\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "two layers, which call what they are about by the same names",
            {
                "shop/__init__.py": """\
""",
                "shop/models/__init__.py": """\
from shop.models.shelf import Book, List, Shelf
""",
                "shop/models/shelf.py": """\
class Shelf:
    rows = ()


class Book:
    title = ""


class List:
    books = ()
""",
                "shop/views/__init__.py": """\
from shop.views.books.book import Book
from shop.views.lists.list import List
from shop.views.shelf.shelf import Shelf
""",
                "shop/views/books/__init__.py": """\
""",
                "shop/views/books/book.py": """\
class Book:
    path = "/book"
""",
                "shop/views/lists/__init__.py": """\
""",
                "shop/views/lists/list.py": """\
class List:
    path = "/list"
""",
                "shop/views/shelf/__init__.py": """\
""",
                "shop/views/shelf/shelf.py": """\
class Shelf:
    path = "/shelf"
""",
                "shop/urls.py": """\
from shop.views.books.book import Book
from shop.views.lists.list import List
from shop.views.shelf.shelf import Shelf

PATHS = [Book(), List(), Shelf()]
""",
                "shop/load.py": """\
from shop.models.shelf import Book, List, Shelf

ROWS = [Book(), List(), Shelf()]
""",
            },
        ),
        Valid(
            "libraries of one repository, each of which is released by itself",
            {
                "packages/mail/pyproject.toml": """\
[project]
name = 'mail'
""",
                "packages/mail/mail/__init__.py": """\
""",
                "packages/mail/mail/client.py": """\
def connect(host):
    return host
""",
                "packages/mail/mail/send.py": """\
from mail.client import connect

LINE = connect("a")
""",
                "packages/voice/pyproject.toml": """\
[project]
name = 'voice'
""",
                "packages/voice/voice/__init__.py": """\
""",
                "packages/voice/voice/client.py": """\
def connect(number):
    return number
""",
                "packages/voice/voice/call.py": """\
from voice.client import connect

LINE = connect(1)
""",
            },
        ),
        Valid(
            "one of them is chosen where both are imported, and a subclass of what a package gives out",
            {
                **_SHOP,
                "shop/report.py": _REPORT,
                "shop/mail.py": """\
def render(amount, short):
    if short:
        from shop.report import format_amount
    else:
        from shop.money import format_amount
    return format_amount(amount)
""",
                "shop/covers/__init__.py": "from shop.covers.provider import Cover\n",
                "shop/covers/provider.py": "class Cover:\n    pass\n",
                "shop/plugins.py": """\
from shop.covers import Cover as _Cover


class Cover(_Cover):
    pass
""",
                "shop/a.py": "from shop.covers import Cover\n",
                "shop/b.py": "from shop.plugins import Cover\n",
            },
        ),
        Valid(
            "the docstring tells the two apart",
            {
                **_SHOP,
                "shop/report.py": """\
def format_amount(amount):
    \"\"\"An amount as text. Not to be confused with `shop.money.format_amount`.\"\"\"
    return str(amount)
""",
                "shop/mail.py": "from shop.report import format_amount\n\nprint(format_amount(3))\n",
            },
        ),
        Valid(
            "packages that give out the same names: dialects",
            {
                "db/__init__.py": "",
                **{
                    f"db/{one}/__init__.py": f"from db.{one}.types import Date, Text\n"
                    f"from db.{one}.dml import insert\n"
                    for one in ("mysql", "oracle")
                },
                **{
                    f"db/{one}/types.py": "class Date:\n    pass\n\n\nclass Text:\n    pass\n"
                    for one in ("mysql", "oracle")
                },
                **{f"db/{one}/dml.py": "def insert(): ...\n" for one in ("mysql", "oracle")},
                "db/a.py": "from db.mysql import insert\n",
                "db/b.py": "from db.oracle import insert\n",
            },
        ),
        Valid(
            "hooks that get names of their own where they are imported",
            {
                "bot/__init__.py": "",
                "bot/cases.py": 'def configure(config):\n    config.add("case")\n',
                "bot/tasks.py": 'def configure(config):\n    config.add("task")\n',
                "bot/main.py": """\
from bot.cases import configure as configure_cases
from bot.tasks import configure as configure_tasks


def start(config):
    configure_cases(config)
    configure_tasks(config)
""",
            },
        ),
        Valid(
            "modules that are used through their own names",
            {
                "net/__init__.py": "",
                "net/tcp.py": "def connect(host): ...\n",
                "net/unix.py": "def connect(path): ...\n",
                "net/use.py": "from net import tcp, unix\n\ntcp.connect(1)\nunix.connect(2)\n",
            },
        ),
        Valid(
            "nobody imports the second one",
            {**_SHOP, "shop/report.py": "def format_amount(amount):\n    return str(amount)\n"},
        ),
        Valid(
            "alternatives of a platform",
            {
                **_SHOP,
                "shop/report.py": """\
import sys

if sys.platform == "win32":

    def format_amount(amount):
        return str(amount)

else:

    def format_amount(amount):
        return repr(amount)
""",
                "shop/mail.py": "from shop.report import format_amount\n",
            },
        ),
        Valid(
            "it is built on the other",
            {
                **_SHOP,
                "shop/report.py": """\
from shop import money


def format_amount(amount):
    return money.format_amount(amount) + " EUR"
""",
                "shop/mail.py": "from shop.report import format_amount\n",
            },
        ),
        Valid(
            "a re-export is the same definition",
            {
                **_SHOP,
                "shop/__init__.py": "from shop.money import format_amount\n",
                "shop/mail.py": "from shop import format_amount\n",
            },
        ),
        Valid(
            "methods of the same name",
            {
                "shop/__init__.py": "",
                "shop/a.py": "class Basket:\n    def total(self): ...\n",
                "shop/b.py": "class Box:\n    def total(self): ...\n",
                "shop/till.py": "from shop.a import Basket\nfrom shop.b import Box\n",
            },
        ),
        Valid(
            "modules that are variants of one another",
            {
                "app/__init__.py": "",
                "app/c.py": "".join(f"def {name}(): ...\n" for name in ("name", "literal", "plain")),
                "app/cpp.py": "".join(f"def {name}(): ...\n" for name in ("name", "literal", "plain")),
                "app/parse_c.py": "from app.c import literal, name, plain\n",
                "app/parse_cpp.py": "from app.cpp import literal, name, plain\n",
            },
        ),
        Valid(
            "each service has its own",
            {
                "canonry.toml": '[services]\na = "a"\nb = "b"\n',
                "a/money.py": "def total(): ...\n",
                "a/use.py": "from a.money import total\n",
                "b/money.py": "def total(): ...\n",
                "b/use.py": "from b.money import total\n",
            },
        ),
        Valid(
            "a convention of many modules",
            {
                "app/__init__.py": "",
                **{f"app/m{n}.py": "def setup():\n    return 1\n" for n in range(5)},
                "app/use.py": "".join(f"from app.m{n} import setup as s{n}\n" for n in range(5)),
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each definition that is not the canonical one of its name."""
        if not module.is_production or not module.facts.module:
            return
        for mine in module.facts.definitions:
            if not _is_meant(mine.name, mine.local_name, mine.traits) or not context.uses(mine):
                continue
            others = _others(mine, module, context)
            if not others or len(others) >= MOST:
                continue
            dotted = f"{module.facts.module}.{mine.name}"
            using = _importers(dotted, module.path, context)
            if not using or cancelled():
                continue
            rivals = [
                (one, users)
                for one in others
                if not _related(dotted, module.path, one, context)
                and not _is_told_apart(mine, one, module)
                and not _are_parallel(module.path, context.relative(one.path), context)
                and (users := _importers(one.qualified_name, context.relative(one.path), context))
                and not any(_chooses(path, dotted, one.qualified_name, context) for path in using & users)
            ]
            if not rivals:
                continue
            ours = _weight(dotted, module.path, mine.name_line, len(using), context)
            best, weight = max(
                (
                    (
                        one,
                        _weight(
                            one.qualified_name,
                            context.relative(one.path),
                            one.name_range.start.line,
                            len(users),
                            context,
                        ),
                    )
                    for one, users in rivals
                ),
                key=lambda one: one[1],
            )
            if weight > ours:
                yield self._finding(mine, best, [one for one, _ in rivals], module)

    def _finding(self, mine: Definition, best: Symbol, others: Sequence[Symbol], module: Module) -> Finding:
        return self.finding(
            module,
            mine.name_range,
            f"`{mine.name}` is also the name of {best.qualified_name}, and both are imported",
            related=[
                Related(
                    f"{one.qualified_name} is defined here",
                    Location(one.path, one.name_range),
                    one.qualified_name,
                )
                for one in (best, *(one for one in others if one is not best))
            ],
            symbol=f"{module.facts.module}.{mine.name}",
        )


def _is_meant(name: str, local_name: str, traits: int) -> bool:
    return not name.startswith("_") and "." not in local_name and not traits & _NOT_MEANT and name != "main"


def _others(mine: Definition, module: Module, context: RuleContext) -> Sequence[Symbol]:
    """The definitions of that name in other modules of the service that other modules use."""

    def wanted(path: str, local_name: str, traits: int) -> bool:
        return (
            path != module.path
            and _is_meant(mine.name, local_name, traits)
            and context.role(path) is Role.SOURCE
            and context.services.of(path) == module.service
            and not context.services.are_apart(path, module.path)
        )

    found = context.definitions_named(mine.name, wanted, MOST)
    return found if len(found) >= MOST else [one for one in found if one.importable]


def _importers(dotted: str, own: str, context: RuleContext) -> set[str]:
    """The other modules, no tests, that import a definition and call it by its name."""
    return {
        path
        for path in context.importers(dotted)
        if path != own and context.role(path) is Role.SOURCE and _calls_it_so(path, dotted, context)
    }


def _calls_it_so(path: str, dotted: str, context: RuleContext) -> bool:
    """Whether a module does not give a definition another name as it imports it."""
    facts = context.facts(path)
    name = dotted.rpartition(".")[2]
    names = {one.alias for one in facts.imports if one.name == name} if facts is not None else set()
    return not names or name in names


def _related(dotted: str, path: str, other: Symbol, context: RuleContext) -> bool:
    """Whether one of the two modules uses the other's definition: it is built on it."""
    theirs = context.relative(other.path)
    return (
        path in context.files_referring(other.qualified_name)
        or theirs in context.files_referring(dotted)
        or _takes(path, other.qualified_name, context)
        or _takes(theirs, dotted, context)
    )


def _chooses(path: str, one: str, other: str, context: RuleContext) -> bool:
    """Whether a module imports two definitions by their one name, each where it is wanted."""
    facts, name = context.facts(path), one.rpartition(".")[2]
    imports = facts.imports if facts is not None else ()
    return {one, other} <= {context.canonical(each.target) for each in imports if each.alias == name}


def _is_told_apart(mine: Definition, other: Symbol, module: Module) -> bool:
    """Whether a definition's docstring names the other one by its module: no mistake is possible."""
    written = "\n".join(module.text.splitlines()[mine.start_line : mine.end_line + 1])
    said = _DOCSTRING.search(written)
    return said is not None and ".".join(other.qualified_name.split(".")[-2:]) in said[0]


def _takes(path: str, dotted: str, context: RuleContext) -> bool:
    """Whether a module imports a definition by any name, also from a package that gives it out."""
    facts, name = context.facts(path), dotted.rpartition(".")[2]
    imports = facts.imports if facts is not None else ()
    return any(one.name == name and context.canonical(one.target) == dotted for one in imports)


def _are_parallel(path: str, other: str, context: RuleContext) -> bool:
    """Whether two modules define so many names alike that they are variants of one another by design."""
    names = []
    for one in (path, other):
        facts = context.facts(one)
        held = facts.definitions if facts is not None else ()
        names.append({each.name for each in held if each.parent < 0 and not each.name.startswith("_")})
    if len(names[0] & names[1]) >= PARALLEL:
        return True
    near = (path.rpartition("/")[0], other.rpartition("/")[0])
    return any(_give_out_alike(*pair, context) for pair in dict.fromkeys((near, _where_they_part(*near))))


def _where_they_part(one: str, other: str) -> tuple[str, str]:
    """The first folders of two that differ: `shop/views` and `shop/models`, however far below they stand."""
    mine, theirs = one.split("/"), other.split("/")
    at = next((at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), None)
    return (one, other) if at is None else ("/".join(mine[: at + 1]), "/".join(theirs[: at + 1]))


def _give_out_alike(one: str, other: str, context: RuleContext) -> bool:
    """Whether two packages give out so many names alike, each its own."""
    mine, theirs = _given_out(one, context), _given_out(other, context)
    return sum(theirs.get(name, target) != target for name, target in mine.items()) >= PARALLEL


def _given_out(package: str, context: RuleContext) -> dict[str, str]:
    """The public names that a package's own file imports, with the definitions that they mean."""
    facts = context.facts(f"{package}/__init__.py")
    return {
        one.alias: context.canonical(one.target)
        for one in (facts.imports if facts is not None else ())
        if one.name and one.name != "*" and not one.alias.startswith("_")
    }


def _weight(
    dotted: str, path: str, line: int, users: int, context: RuleContext
) -> tuple[bool, int, int, str]:
    """What makes a definition the canonical one: declared, then most used; the order is total."""
    declared = any(one.symbol == dotted for one in context.settings.canonical.values())
    facts = context.facts(path)
    marked = facts is not None and any(
        text.strip().startswith("canonical") and line - 3 <= at <= line for at, text in facts.ignores
    )
    return declared or marked, users, -len(path), path
