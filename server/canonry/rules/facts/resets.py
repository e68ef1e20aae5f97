"""Whether a test, what is around it or a fixture puts state back that the test changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.base import Module, RuleContext
from canonry.rules.facts.classes import with_ancestors
from canonry.rules.facts.decorators import written_above
from canonry.rules.facts.fixtures import FIXTURES, Fixture, is_above
from canonry.rules.facts.mentions import mentions, speaks_of
from canonry.rules.facts.state import Change, Kind, Place, is_emptied, is_function
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import block_of

SETS_UP: Final = frozenset(("setUp", "setUpClass", "asyncSetUp", "setup_method", "setup_class", "setup"))
_TEARS_DOWN: Final = frozenset(
    (
        *("tearDown", "tearDownClass", "asyncTearDown", "teardown_method", "teardown_class", "teardown"),
        *("doCleanups", "tearDownModule", "teardown_module", "teardown_function", "_fixture_teardown"),
    )
)
OF_MODULES: Final = frozenset(
    (
        *("tearDownModule", "teardown_module", "teardown_function", "setup_function", "setup_module"),
        *("setUpModule",),
    )
)
_RESETTING: Final = re.compile(
    rb"monkeypatch|patch|addCleanup|addfinalizer|enterContext|callback|addClassCleanup|override|swap|restore|"
    rb"reset|reload|preserv|snapshot"
)
"""Words by which a statement that names a place puts it back, or sees to it."""
_ENDS: Final = re.compile(r"^_*(reset|clear|restore|shutdown|dispose|destroy|tear_?down|clean_?up)(_|$)")
"""Names of methods that put an object back, or end it."""
_EXPECTS: Final = re.compile(rb"\braises\b|assertRaises")
"""What stands around a change that is expected to fail."""
_TIDIES: Final = re.compile(rb"clean|restor|reset|undo|put\w* .*back|tear ?down", re.IGNORECASE)
"""What a comment says above the statement that puts a place back."""
_TAKEN: Final = re.compile(
    r"^del .*\[(.*)\]$|\.(?:remove|discard|pop)\((.*)\)$|\.popitem\(\)()$|\.clear\(\)()$"
)
"""Statements that take something away, with what they take."""
_GIVES_ANEW: Final = rb"\.(?:set|reset|clear|restore|init|load|reload|setup)(?:_\w+)?\("
"""What is called of a class to give it new state."""
_COLLECTED: Final = re.compile(r"(^|/)(conftest|tests?_[^/]*|[^/]*_tests?|tests?)\.py$")
"""Paths of modules whose fixtures are those of a folder, or of one module."""
_FORGETS_THE_ONE: Final = rb"\._*\w*(?:singleton|instance|current)\w*\s*=(?!=)"
_CLEANS: Final = re.compile(
    r"(^|_)(reset|restore|clean|cleanup|clear|isolate|isolated|fresh|pristine|preserved?)(_|$)|sandbox|"
    r"(^|_)saved?_(globals?|state|attr\w*|env\w*|config)(_|$)"
)
"""Names of fixtures that put state back, whatever it is."""


def is_reset(
    change: Change, test: Scope, changes: Sequence[Change], module: Module, context: RuleContext
) -> bool:
    """Whether something puts a place back after the test, or sets it anew before each."""
    tree, place = module.tree, change.place
    later = [
        one
        for one in changes
        if one.place == place and one.statement.start_byte > change.statement.start_byte
    ]
    if later and (
        _is_last(later[-1], test)
        or _puts_back(later[-1], tree.text(later[-1].statement))
        or _is_as_before(later[-1], change, test, module)
        or is_emptied(later[-1], module, context)
    ):
        return True
    if not later and (is_emptied(change, module, context) or _takes_back(change, test, module)):
        return True
    for node in tree.nodes("finally_clause", "with_statement", within=test.node):
        text = (
            _header_of(node, tree.data)
            if node.type == "with_statement"
            else tree.data[node.start_byte : node.end_byte]
        )
        if node.type == "finally_clause":
            if names_place(text, place) or any(_CLEANS.search(one.last) for one in tree.calls_within(node)):
                return True
        elif _wraps(node, change) and (
            names_place(text, place)
            or _replaces_holder(text, place)
            or _EXPECTS.search(text)
            or _is_left_clean(node, place, module)
        ):
            return True
    for call in tree.calls_within(test.node):
        text = tree.data[call.node.start_byte : call.node.end_byte]
        if call.node.id != change.statement.id and _RESETTING.search(text) and names_place(text, place):
            return True
        if _ENDS.search(call.last) and _names_holder(text, place):
            return True
    around = test.enclosing_class
    for scope in (test, around):
        text = written_above(scope, tree) if scope is not None else b""
        if names_place(text, place) or _replaces_holder(text, place) or names_key(text, change.key):
            return True
    return is_reset_around(place, test, around, module, context) or is_reset_by_fixture(
        place, test, module, context
    )


def _is_left_clean(statement: Node, place: Place, module: Module) -> bool:
    """Whether a with statement calls something whose name says that it puts state back (`clear_config()`), or
    a function of the module that does so.
    """
    tree = module.tree
    body = statement.child_by_field_name("body")
    called = {
        call.last
        for call in tree.calls_within(statement)
        if body is not None and call.node.end_byte <= body.start_byte
    }
    if any(_CLEANS.search(one) for one in called):
        return True
    return any(
        _replaces_holder(tree.data[scope.start : scope.end], place)
        for scope in tree.scopes.all()
        if scope.name in called and is_function(scope)
    )


def names_key(text: bytes, key: str) -> bool:
    """Whether a text has a key of a container in quotes. A decorator that has: a marker of a fixture."""
    return bool(key) and re.search(rb"[\"']" + re.escape(key.encode()) + rb"[\"']", text) is not None


def _is_as_before(last: Change, first: Change, test: Scope, module: Module) -> bool:
    """Whether a test's last change of a place gives it the value that it was found to have before the first,
    or a comment above says that it tidies up.
    """
    tree = module.tree
    if last.value is None:
        return False
    above = tree.data[: last.statement.start_byte].rstrip().rpartition(b"\n")[2].lstrip()
    if above.startswith(b"#") and _TIDIES.search(above):
        return True
    name = (last.place.part or last.place.holder.rpartition(".")[2]).encode()
    value = tree.data[last.value.start_byte : last.value.end_byte]
    compared = rb"\b" + re.escape(name) + rb"\s*(?:==|is|,)\s*" + re.escape(value) + rb"(?!\w)"
    return re.search(compared, tree.data[test.start : first.statement.start_byte]) is not None


def _takes_back(change: Change, test: Scope, module: Module) -> bool:
    """Whether a test's only change of a place takes away what something else in the test has put there, as a
    comment above says or what the test has seen of it, or gives it the value back that was kept.
    """
    tree = module.tree
    before = tree.data[test.start : change.statement.start_byte]
    if change.value is not None:
        kept = (
            tree.assigned_value(tree.text(change.value), test) if change.value.type == "identifier" else None
        )
        return kept is not None and tree.text(kept) == tree.text(change.target)
    taken = _TAKEN.search(tree.text(change.statement))
    if taken is None:
        return False
    body = block_of(test.node)
    if body and change.statement.parent == body[0] and tree.text(change.statement).endswith(".clear()"):
        return True  # what others have left is none of its business
    if _tidies_above(change.statement, tree.data):
        return True
    what = next(one for one in taken.groups() if one is not None).strip()
    return bool(what) and names_place(before, change.place) and what.encode() in before


def _tidies_above(statement: Node, data: bytes) -> bool:
    """Whether a comment says of a statement, or of those right above it, that they tidy up."""
    for line in reversed(data[: statement.start_byte].splitlines()):
        bare = line.strip()
        if bare.startswith(b"#"):
            return _TIDIES.search(bare) is not None
        if bare and not _TAKEN.search(bare.decode("utf-8", "replace")):
            return False
    return False


def _replaces_holder(text: bytes, place: Place) -> bool:
    """Whether a decorator or the header of a with statement puts another object in the holder's place."""
    last = place.holder.removesuffix("()").rpartition(".")[2].encode()
    word = re.search(rb"(?<!\w)" + re.escape(last) + rb"(?!\w)", text)
    return word is not None and _RESETTING.search(text) is not None


def _is_last(change: Change, test: Scope) -> bool:
    """Whether a change is the last thing that a test does."""
    body = block_of(test.node)
    return bool(body) and body[-1].start_byte <= change.statement.start_byte


def _puts_back(change: Change, text: str) -> bool:
    """Whether a test's last change of a place gives it a value that was kept, or takes it away again."""
    if change.value is not None:
        return change.value.type in ("identifier", "none", "attribute") or "copy(" in text
    return (
        text.startswith("del")
        or ".pop(" in text
        or ".clear(" in text
        or ".remove(" in text
        or ".update(" in text
    )


def _wraps(node: Node, change: Change) -> bool:
    return node.start_byte <= change.statement.start_byte < node.end_byte


def _header_of(node: Node, data: bytes) -> bytes:
    body = node.child_by_field_name("body")
    return data[node.start_byte : body.start_byte if body is not None else node.end_byte]


def names_place(text: bytes, place: Place) -> bool:
    """Whether a text speaks of a place: of its attribute, its container, or the environment."""
    return any(
        re.search(rb"(?<!\w)" + re.escape(one.encode()) + rb"(?!\w)", text) for one in place.handles if one
    )


def is_reset_around(
    place: Place, test: Scope, around: Scope | None, module: Module, context: RuleContext
) -> bool:
    """Whether methods of the test's class, of its bases or functions of the module put it back or set it."""
    tree = module.tree
    for scope in tree.scopes.all():
        if not is_function(scope):
            continue
        here = scope.parent is around if around is not None else False
        by_class = here and scope.name in (*_TEARS_DOWN, *SETS_UP)
        by_module = scope.parent is tree.scopes.module and scope.name in OF_MODULES
        if not (by_class or by_module):
            continue
        text = tree.data[scope.start : scope.end]
        if names_place(text, place) or _gives_holder(text, place) or _gives_class(text, place):
            return True
        if scope.name not in SETS_UP and _restores_all(text, place):
            return True
    if around is None:
        return False
    for base in with_ancestors(context, tree.dotted(around), module.service):
        if isinstance(base, str) or base.name == tree.dotted(around):
            continue
        facts = context.facts(base.path)
        for one in facts.definitions if facts is not None else ():
            owner, _, name = one.local_name.rpartition(".")
            is_around = owner == base.definition.local_name and name in (*_TEARS_DOWN, *SETS_UP)
            if is_around and speaks_of(one, place):
                return True
            if is_around and name in _TEARS_DOWN and mentions(one, place.holder.rpartition(".")[2]):
                return True
    return False


def _restores_all(text: bytes, place: Place) -> bool:
    """Whether a tear-down puts back what an object had in it, whatever that was: by a loop over what was
    kept, by `reload`, or by taking everything away.
    """
    last = rb"(?<!\w)" + re.escape(place.holder.removesuffix("()").rpartition(".")[2].encode())
    return any(
        re.search(one, text) is not None
        for one in (
            last + rb"\s*\[\s*\w+\s*\]\s*=(?!=)",
            last + rb"\.(?:clear|update|reset|restore)\(",
            rb"(?:setattr|delattr|reload\w*)\(\s*[\w.]*" + last + rb"\b",
        )
    )


def _gives_holder(text: bytes, place: Place) -> bool:
    """Whether a set-up gives each test another object to change: `settings.RATINGS = Ratings()`."""
    last = place.holder.removesuffix("()").rpartition(".")[2].encode()
    return re.search(rb"[\w\])]\." + re.escape(last) + rb"\s*=(?!=)", text) is not None


def _gives_class(text: bytes, place: Place) -> bool:
    """Whether a set-up gives the class anew whose member is changed (`Options.set_registry(set())`), or the
    one object that its method gives: `Credentials._singleton = None`.
    """
    owners = [one for one in place.holder.removesuffix("()").split(".")[1:] if one[:1].isupper()]
    ways = (_GIVES_ANEW, _FORGETS_THE_ONE) if place.holder.endswith("()") else (_GIVES_ANEW,)
    return any(re.search(rb"\b" + re.escape(one.encode()) + way, text) for one in owners for way in ways)


def is_reset_by_fixture(place: Place, test: Scope, module: Module, context: RuleContext) -> bool:
    """Whether a fixture that the test gets, asked for or not, speaks of a place."""
    wanted = _asked_for(test, module)
    rows = context.all_rows(FIXTURES)
    near = [
        (path, one)
        for path, some in rows.items()
        if path == module.path or is_above(path, module.path)
        for one in some
    ]
    plugins = [
        (path, one)
        for path, some in rows.items()
        if path != module.path and not _COLLECTED.search(path)
        for one in some
        if "autouse=True" in one.options
    ]  # of modules that pytest has as plugins: what registers them may stand anywhere
    todo = [held for held in near if held[1].name in wanted or "autouse=True" in held[1].options] + plugins
    seen: set[tuple[str, str]] = set()
    while todo:
        path, fixture = todo.pop()
        if (path, fixture.function) in seen:
            continue
        seen.add((path, fixture.function))
        if "autouse=True" in fixture.options and _CLEANS.search(fixture.function):
            return True
        if _speaks(fixture, path, place, module, context):
            return True
        todo.extend(held for held in near if held[1].name in fixture.parameters)
    return _is_reset_in_class(place, test, module)


def _asked_for(test: Scope, module: Module) -> set[str]:
    """The names of the fixtures that a test asks for, by its parameters or by `usefixtures`."""
    found: set[str] = set()
    parameters = test.node.child_by_field_name("parameters")
    for one in parameters.named_children if parameters is not None else ():
        found.add(module.tree.text(one).partition(":")[0].partition("=")[0].strip())
    if b"usefixtures" in module.tree.data:
        for call in module.tree.calls:
            if call.last == "usefixtures":
                found.update(module.tree.string(one) or "" for one in call.arguments)
    return found


def _speaks(fixture: Fixture, path: str, place: Place, module: Module, context: RuleContext) -> bool:
    if path == module.path:
        lines = module.tree.data.split(b"\n")[fixture.start_line : fixture.end_line + 1]
        return names_place(b"\n".join(lines), place) or _names_holder(b"\n".join(lines), place)
    facts = context.facts(path)
    for one in facts.definitions if facts is not None else ():
        if one.local_name == fixture.function:
            return speaks_of(one, place)
    return False


def _names_holder(text: bytes, place: Place) -> bool:
    """Whether a fixture speaks of the object itself: `Registry.reset()`, `state.load()`."""
    last = place.holder.removesuffix("()").rpartition(".")[2].encode()
    return (
        place.kind is not Kind.KEY
        and re.search(rb"(?<![\w.])" + re.escape(last) + rb"\s*[.(]", text) is not None
    )


def _is_reset_in_class(place: Place, test: Scope, module: Module) -> bool:
    """Whether a fixture that is a method of the test's class speaks of a place."""
    tree, around = module.tree, test.enclosing_class
    for scope in tree.scopes.all():
        if around is None or scope.parent is not around or not is_function(scope):
            continue
        is_fixture = b"fixture" in written_above(scope, tree)
        if is_fixture and names_place(tree.data[scope.start : scope.end], place):
            return True
    return False
