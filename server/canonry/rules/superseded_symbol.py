"""CN004: a use of a definition that the team has replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Finding, Location, Related, Severity, Symbol, Tag
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.lessons import lesson_place, superseded_by_lessons
from canonry.rules.facts.markers import MARKERS, marked
from canonry.scopes.registry import Superseding, superseded
from canonry.syntax.tree import ancestors

_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")

_CONTEXTS = """\
# canonry: superseded-by app.context.get_context it keeps one for each thread
def create_context(user):  # want: CN004 1 other file
    return object()


def get_context(user):
    return create_context(user)
"""
_QUIET = _CONTEXTS.replace("  # want: CN004 1 other file", "")
_OLD = "def fetch(path):  # want: CN004\n    return open(path)\n"
_REGISTRY = '[canonical]\n"files" = { symbol = "app.files.read", supersedes = ["app.old.*"] }\n'


class SupersededSymbol(Rule):
    """## What it does
    Finds uses of a definition that the registry (`[tool.canonry.canonical]`), a comment
    (`# canonry: superseded-by pkg.mod.name` on it) or a [lesson](../lessons.md) says to replace. On the
    definition itself a hint says where it is still used.

    ## Why is this bad?
    The team has decided for the other one. As long as the old one is used it has to be kept, and who
    looks for an example finds it. `warnings.deprecated` (PEP 702) says the same to type
    checkers; this needs no change of the code and knows the way to the replacement.

    ## Example
    ```python
    # canonry: superseded-by app.context.get_user_context
    def create_user_context(user): ...


    context = create_user_context(user)
    ```

    ## Use instead
    ```python
    context = get_user_context(user)
    ```

    ## When it stays silent
    - inside the replacement and the superseded definition, and in test modules that import the replacement
    - an import, where what it imports is used below: the use is the finding
    - a definition that is not used any more
    """

    code: ClassVar[str] = "CN004"
    name: ClassVar[str] = "superseded-symbol"
    severity: ClassVar[Severity] = Severity.WARNING
    beats: ClassVar = ("CN703",)
    INVALID: ClassVar = (
        Invalid(
            "marked in place, imported and called",
            {
                "app/context.py": _CONTEXTS,
                "app/api.py": """\
from app.context import create_context


def post(user):
    return create_context(user)  # want: CN004 app.context.get_context
""",
            },
        ),
        Invalid(
            "under another name, and as an attribute of its module",
            {
                "app/context.py": _CONTEXTS.replace("1 other file", "2 other files"),
                "app/api.py": """\
from app.context import create_context as new


def post(user):
    return new(user)  # want: CN004
""",
                "app/jobs.py": """\
import app.context


def run(users):
    return [app.context.create_context(user) for user in users]  # want: CN004
""",
            },
        ),
        Invalid(
            "a whole module that the registry replaces",
            {
                "canonry.toml": _REGISTRY,
                "app/old.py": _OLD,
                "app/files.py": "def read(path):\n    return path.read_text()\n",
                "app/api.py": """\
from app import old


def post(path):
    return old.fetch(path)  # want: CN004 files
""",
            },
        ),
        Invalid(
            "passed on, not called; the marker at the end of the line",
            {
                "app/a.py": """\
def old(x):  # canonry: superseded-by app.a.new  # want: CN004
    return x


def new(x):
    return x


HANDLERS = [old]  # want: CN004 app.a.new
""",
            },
        ),
        Invalid(
            "imported from a package that passes it on",
            {
                "app/__init__.py": "from app.context import create_context  # want: CN004\n",
                "app/context.py": _CONTEXTS,
                "web/api.py": """\
from app import create_context


def post(user):
    return create_context(user)  # want: CN004
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid("nothing uses it any more", {"app/context.py": _QUIET}),
        Valid(
            "a test of the replacement",
            {
                "app/a.py": """\
class Old:
    x = 1


class New:
    x = 1
""",
                "canonry.toml": '[canonical]\nx = { symbol = "app.a.New", supersedes = ["app.a.Older"] }\n',
                "tests/test_a.py": """\
from app.a import New, Old


def test_as_before():
    assert New().x == Old().x
""",
            },
        ),
        Valid(
            "another definition of the same name",
            {
                "app/context.py": _QUIET,
                "app/api.py": "def create_context(x):\n    return x\n\n\nprint(create_context(1))\n",
            },
        ),
        Valid(
            "a local variable of the same name",
            {
                "app/context.py": _QUIET,
                "app/api.py": "def post(create_context):\n    return create_context()\n",
            },
        ),
        Valid(
            "its name in a text or as a keyword",
            {
                "app/context.py": _QUIET,
                "app/api.py": 'print("create_context", dict(create_context=1))\n',
            },
        ),
        Valid(
            "an attribute of something else",
            {
                "app/context.py": _QUIET,
                "app/api.py": "def post(client):\n    return client.create_context()\n",
            },
        ),
        Valid(
            "inside itself and inside the replacement",
            {
                "app/a.py": """\
# canonry: superseded-by app.a.new
def old(n):
    return old(n - 1) if n else 0


def new(n):
    return old(n)
""",
            },
        ),
        Valid(
            "the replacement, in another module, imports what it replaces",
            {
                "app/old.py": """\
# canonry: superseded-by app.text.slugify
def make_slug(text):
    return text.lower().replace(" ", "-")
""",
                "app/text.py": """\
from app.old import make_slug


def slugify(text, limit=50):
    return make_slug(text)[:limit]
""",
            },
        ),
        Valid(
            "a marker that names nothing says nothing",
            {
                "app/a.py": "# canonry: superseded-by\ndef old(x):\n    return x\n\n\nprint(old(1))\n",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """The uses in a module of what is superseded, and the superseded definitions in it."""
        declared = superseded(context.settings, context.derived(MARKERS, marked))
        entries = (*declared, *superseded_by_lessons(module, context))
        if not entries:
            return
        known: dict[str, Superseding] = {}
        for entry in entries:
            for symbol in _symbols(entry, context):
                known.setdefault(symbol, entry)
        for symbol, entry in known.items():
            if cancelled():
                return
            uses = list(_uses(module, context, symbol, entry.replacement))
            existing = context.definition(entry.replacement)
            for node in uses:
                yield self._use(module, context, node, symbol, entry, existing)
            yield from self._definition(module, context, symbol, entry, existing, len(uses))

    def _use(
        self,
        module: Module,
        context: RuleContext,
        node: Node,
        symbol: str,
        entry: Superseding,
        existing: Symbol | None,
    ) -> Finding:
        why = f" ({entry.concept})" if entry.concept else ""
        return self.finding(
            module,
            node,
            f"`{symbol}` is superseded{_by(entry)}{why}",
            related=_related(existing, entry, context),
            symbol=symbol,
            tags=[Tag.DEPRECATED],
        )

    def _definition(
        self,
        module: Module,
        context: RuleContext,
        symbol: str,
        entry: Superseding,
        existing: Symbol | None,
        here: int,
    ) -> Iterator[Finding]:
        """The hint on the superseded definition, if it stands in the module and is used."""
        prefix = f"{module.facts.module}." if module.facts.module else ""
        own = [one for one in module.facts.definitions if prefix + one.local_name == symbol]
        if not own:
            return
        others = len(context.files_referring(symbol) - {module.path})
        if existing is not None:
            # The replacement may use what it replaces.
            for path in context.paths_of_module(existing.module):
                others -= path != module.path and path in context.files_referring(symbol)
        if not here and not others:
            return
        parts = [_counted(here, "place") + " here"] if here else []
        parts += [_counted(others, "other file")] if others else []
        yield self.finding(
            module,
            own[0].name_range,
            f"`{own[0].name}` is superseded{_by(entry)} and still used in {' and '.join(parts)}",
            severity=Severity.HINT,
            related=_related(existing, entry, context),
            symbol=symbol,
            tags=[Tag.DEPRECATED],
        )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _by(entry: Superseding) -> str:
    return f" by `{entry.replacement}`" if entry.replacement else ""


def _related(existing: Symbol | None, entry: Superseding, context: RuleContext) -> list[Related]:
    """The replacement, and the lesson that says so."""
    found: list[Related] = []
    if existing is not None:
        place = Location(existing.path, existing.name_range)
        found.append(Related(f"use instead: {existing.render()}", place, existing.qualified_name))
    if entry.lesson is not None:
        found.append(lesson_place(entry.lesson, context))
    return found


def _symbols(entry: Superseding, context: RuleContext) -> Iterator[str]:
    """The definitions that an entry means."""
    if not entry.owner:
        yield entry.pattern
        return
    place = context.module_at(entry.owner)
    facts = context.facts(place[0]) if place is not None else None
    if place is None or facts is None:
        return
    inside = f"{place[1]}." if place[1] else ""
    for one in facts.definitions:
        rest = one.local_name.removeprefix(inside)
        if one.local_name.startswith(inside) and "." not in rest:
            dotted = f"{facts.module}.{one.local_name}"
            if dotted != entry.replacement:
                yield dotted


def _uses(module: Module, context: RuleContext, symbol: str, replacement: str) -> Iterator[Node]:
    """The names in a module that mean a symbol; imports only where nothing else does, the replacement
    included.
    """
    names = {symbol.rpartition(".")[2]}
    imports = module.facts.imports
    for one in imports:
        known = one.alias == "*" or one.alias in names
        if not known and one.name in names and context.canonical(one.target) == symbol:
            names.add(one.alias)
    data, tree = module.tree.data, module.tree
    if not any(name.encode() in data for name in names):
        return
    if module.is_test and any(context.canonical(one.target) == replacement for one in imports):
        return
    imported: list[Node] = []
    found: list[Node] = []
    at_home = False
    for name in sorted(names):
        for match in re.finditer(rb"\b%s\b" % re.escape(name.encode()), data):
            node = tree.node_at(match.start(), match.end())
            if node is None or node.type != "identifier" or node.byte_range != match.span():
                continue
            if next(ancestors(node, *_IMPORTS), None) is not None:
                imported.append(node)
            elif _means(module, context, node, symbol):
                if _inside(module, node, symbol, replacement):
                    at_home = True
                else:
                    found.append(node)
    if not found and not at_home:
        found = [
            node
            for node in imported
            if any(
                one.line == node.start_point[0]
                and context.canonical(one.target) == symbol
                and module.tree.text(node) == one.name
                for one in imports
            )
        ]
    yield from found


def _means(module: Module, context: RuleContext, node: Node, symbol: str) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "attribute" and parent.child_by_field_name("attribute") == node:
        node = parent
    elif parent.child_by_field_name("name") == node:  # a definition's, a keyword's, a parameter's
        return False
    dotted = module.tree.resolve(node)
    return bool(dotted) and (dotted == symbol or context.canonical(dotted) == symbol)


def _inside(module: Module, node: Node, *symbols: str) -> bool:
    """Whether a node stands in one of these definitions."""
    scope = module.tree.scope_of(node)
    dotted = module.tree.dotted(scope)
    return any(dotted == one or dotted.startswith(f"{one}.") for one in symbols)
