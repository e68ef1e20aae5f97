"""CN603: a test that uses a member which the class under test does not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from rapidfuzz.distance import Indel
from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.calls import files_naming
from canonry.rules.facts.classes import MOST_CLASSES
from canonry.rules.facts.decorators import written_above
from canonry.rules.facts.fixtures import FIXTURES, visible
from canonry.rules.facts.members import CLASSES, members_of
from canonry.rules.facts.mentions import has_feature
from canonry.rules.facts.relatives import classes_above
from canonry.syntax.features import Feature
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import ancestors

NEAR = 0.6
"""Indel similarity from which an existing member is named as the one that may be meant."""

_SPECS = frozenset(
    f"unittest.mock.{name}"
    for name in (
        "Mock",
        "MagicMock",
        "AsyncMock",
        "NonCallableMock",
        "NonCallableMagicMock",
        "create_autospec",
    )
)
_MOCK_MEMBERS = frozenset(
    (
        *("return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls"),
        *(
            "method_calls",
            "assert_called",
            "assert_called_once",
            "assert_called_with",
            "assert_called_once_with",
        ),
        *("assert_any_call", "assert_has_calls", "assert_not_called", "reset_mock", "configure_mock"),
        *("attach_mock", "mock_add_spec", "await_count", "await_args", "await_args_list", "assert_awaited"),
        *("assert_awaited_once", "assert_awaited_with", "assert_awaited_once_with", "assert_any_await"),
        *("assert_has_awaits", "assert_not_awaited"),
    )
)
_OF_CLASSES = frozenset((*dir(type), "mro"))
_ASSIGNED = re.compile(rb"\.(\w+)\s*(?::[^=\n]{1,60})?(?:[-+*/|&]?=)(?!=)")
_QUOTED = re.compile(rb"[\"'](\w+)[\"']")
_APP = {
    "app/__init__.py": "",
    "app/users.py": """\
from dataclasses import dataclass


class Store:
    def close(self):
        self.open = False


class Users(Store):
    limit = 10

    def __init__(self, database):
        self.database = database

    def find_by_mail(self, mail):
        return self.database.get(mail)


@dataclass
class Card:
    number: str
    owner: str = ""
""",
}
"""What is under test in the examples."""
_EXPECTED = re.compile(rb"AttributeError|\braises\b|assertRaises")


class TestOfMissingMember(Rule):
    """## What it does
    Finds a test that uses an attribute or method which the class under test does not have, and names the
    nearest one that it has. The class is known from a call, a fixture, an annotation, or a mock's `spec`.

    ## Why is this bad?
    The test was written for code that is not there: it fails, or it is skipped and tests nothing. Often a
    method was renamed, or somebody wrote the test from memory. pyright
    (reportAttributeAccessIssue) sees it where types are annotated; this rule follows fixtures, `setUp`
    and mocks too.

    ## Example
    ```python
    # app/users.py: class Users has `find_by_mail`
    def test_find():
        assert Users().find_by_email("a@b.c")
    ```

    ## Use instead
    ```python
    def test_find():
        assert Users().find_by_mail("a@b.c")
    ```

    ## When it stays silent
    - the class, or one it inherits from, may have more than its text says: `__getattr__`, setattr, a
      metaclass, a decorator, a base that is not in the workspace
    - mocks without a spec, and classes of the tests themselves
    - the test file sets that attribute somewhere, or has its name as a string (`patch.object(users, "name")`)
    - the test expects the AttributeError
    - the variable is bound more than once, or where it comes from cannot be told
    - all that is known is an annotation, and a class below that one has the member
    """

    code: ClassVar[str] = "CN603"
    name: ClassVar[str] = "test-of-missing-member"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    INVALID: ClassVar = (
        Invalid(
            "an enumeration and a named tuple",
            {
                "app/__init__.py": "",
                "app/orders.py": """\
import enum
from typing import NamedTuple


class State(enum.Enum):
    OPEN = "open"
    PAID = "paid"


class Line(NamedTuple):
    article: str
    count: int = 1

    def is_many(self):
        return self.count > 1
""",
                "tests/test_orders.py": """\
from app.orders import Line, State


def test_closed():
    assert State.PAYD.value == "paid"  # want: CN603 `PAID`
    assert Line("tea").is_mny()  # want: CN603 `is_many`
""",
            },
        ),
        Invalid(
            "a method that was renamed",
            {
                **_APP,
                "tests/test_users.py": """\
from app.users import Users


def test_find(database):
    users = Users(database)
    assert users.find_by_email("a@b.c")  # want: CN603 the nearest is `find_by_mail`
    assert users.limit and users.open and users.database
""",
            },
            fixed={
                "tests/test_users.py": """\
from app.users import Users


def test_find(database):
    users = Users(database)
    assert users.find_by_mail("a@b.c")
    assert users.limit and users.open and users.database
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a fixture gives the instance",
            {
                **_APP,
                "tests/test_users.py": """\
import pytest
from app.users import Users


@pytest.fixture
def users(database):
    users = Users(database)
    yield users
    users.close()


def test_find(users):
    users.find_by_mail("a@b.c")
    users.remove_all()  # want: CN603 `Users` has no `remove_all`
""",
            },
        ),
        Invalid(
            "kept on the test case by setUp; a member of the class itself",
            {
                **_APP,
                "tests/test_users.py": """\
import unittest
from app.users import Card, Users


class UsersTest(unittest.TestCase):
    def setUp(self):
        self.users = Users({})

    def test_limit(self):
        self.assertEqual(self.users.limits, 10)  # want: CN603 `limit`
        self.assertEqual(Users.limit, Users.maximum)  # want: CN603 maximum
        self.assertEqual(Card("1").number, Card("1").holder)  # want: CN603 `Card` has no `holder`
""",
            },
        ),
        Invalid(
            "a mock with a spec has what the class has",
            {
                **_APP,
                "tests/test_users.py": """\
from unittest.mock import MagicMock, create_autospec
from app.users import Users


def test_find():
    users = MagicMock(spec=Users)
    users.find_by_mail.return_value = None
    users.find_by_name("ann")  # want: CN603 find_by_mail
    strict = create_autospec(Users)
    strict.assert_not_called()
    strict.purge()  # want: CN603 `Users` has no `purge`
""",
            },
        ),
        Invalid(
            "a fixture of a conftest above, and an annotation",
            {
                **_APP,
                "tests/conftest.py": """\
import pytest
from app.users import Users


@pytest.fixture
def users():
    return Users({})
""",
                "tests/unit/test_users.py": """\
from app.users import Card


def test_find(users):
    assert users.lookup  # want: CN603 `Users` has no `lookup`


def check(card: Card):
    assert card.numbre  # want: CN603 `number`
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "a function that is given the instance sets it",
            {
                **_APP,
                "app/export.py": """\
def number(card, pair):
    card.series, card.digits = pair
""",
                "tests/test_export.py": """\
from app import export
from app.users import Card


def test_number():
    card = Card("1")
    export.number(card, pair=(2, 3))
    assert (card.series, card.digits) == (2, 3)
""",
            },
        ),
        Valid(
            "all of it is there: inherited, set on self, a field, a class attribute",
            {
                **_APP,
                "tests/test_users.py": """\
from app.users import Card, Users


def test_all(database):
    users = Users(database)
    users.close()
    assert users.open is False and users.limit == Users.limit
    assert users.__class__ is Users and Users.mro() and Users.__name__
    assert Card("1", owner="ann").owner
""",
            },
        ),
        Valid(
            "the test sets it, or names it as a string",
            {
                **_APP,
                "tests/test_users.py": """\
from unittest.mock import patch
from app.users import Users


def test_set(database, monkeypatch):
    users = Users(database)
    users.cache = {}
    assert users.cache == {}
    monkeypatch.setattr(users, "size", 3, raising=False)
    assert users.size == 3 and not hasattr(users, "owner")
    with patch.object(Users, "send", create=True):
        users.send()
""",
            },
        ),
        Valid(
            "a test case puts something around what the one above it has set",
            {
                **_APP,
                "app/logs.py": """\
class Logged:
    def __init__(self, inner):
        self.inner = inner
""",
                "tests/cases.py": """\
import unittest

from app.users import Users


class Case(unittest.TestCase):
    def setUp(self):
        self.app = Users({})
""",
                "tests/mixed.py": """\
from app.logs import Logged


class Mixin:
    def test_logged(self):
        self.app = Logged(self.app)

    def test_own(self):
        assert self.app.database == {}
""",
                "tests/test_logs.py": """\
from app.logs import Logged
from tests.cases import Case


class LoggedTest(Case):
    def _log(self):
        self.app = Logged(self.app)

    def test_database(self):
        self.assertEqual(self.app.database, {})
""",
            },
        ),
        Valid(
            "what is annotated with a base may be of a class below, which has it",
            {
                **_APP,
                "app/stores.py": """\
from app.users import Users


class CachedUsers(Users):
    def forget(self):
        self._kept = {}
""",
                "tests/test_stores.py": """\
import pytest

from app.stores import CachedUsers
from app.users import Users


@pytest.fixture
def users() -> Users:
    return CachedUsers({})


def test_forget(users: Users):
    users.forget()
    assert users._kept == {}
""",
            },
        ),
        Valid(
            "a private member, under the name that it has outside of its class",
            {
                "app/__init__.py": "",
                "app/store.py": """\
class S3Store:
    def __client(self):
        return self
""",
                "tests/test_store.py": """\
from app.store import S3Store


def test_client():
    assert S3Store()._S3Store__client()
""",
            },
        ),
        Valid(
            "the error is expected",
            {
                **_APP,
                "tests/test_users.py": """\
import pytest
from app.users import Users


def test_gone(database):
    users = Users(database)
    with pytest.raises(AttributeError):
        users.find_by_name("ann")
    try:
        users.find_by_id(1)
    except AttributeError:
        pass
    users.missing  # type: ignore[attr-defined]
""",
            },
        ),
        Valid(
            "a mock without a spec, and one variable for two things",
            {
                **_APP,
                "tests/test_users.py": """\
from unittest.mock import Mock
from app.users import Card, Users


def test_mock(database):
    users = Mock()
    users.anything()
    other = Users(database)
    other = database.wrap(other)
    other.wrapped()
    with Users(database) as session:
        session.commit()


def test_shadow(Users):
    Users.anything()
""",
            },
        ),
        Valid(
            "classes that may have more than they say",
            {
                "app/__init__.py": "",
                "app/proxy.py": """\
import enum
import typing

from elsewhere import Base, register


class Proxy:
    def __getattr__(self, name):
        return name


class Below(Proxy):
    pass


class Known(Base):
    pass


class Meta(metaclass=register):
    pass


@register
class Registered:
    pass


class Filled:
    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


class Late:
    pass


Late.added = 1


class Colour(enum.Enum, metaclass=register):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1

    @property
    def label(self):
        return self.name.lower()


class Move(typing.NamedTuple):
    san: str
""",
                "tests/test_proxy.py": """\
from app.proxy import Below, Colour, Filled, Known, Late, Level, Meta, Move, Proxy, Registered


def test_all():
    assert Proxy().a and Below().b and Known().c and Meta().d and Registered().e
    assert Filled(f=1).f and Late().added and Colour.RED.value and Colour.names
    assert Level.LOW.label and Level(1).name and Level.LOW.bit_length() and Level.__members__
    assert Move("e4").san and Move("e4")._replace(san="d4").count("d4") and Move._fields
""",
            },
        ),
        Valid(
            "a test imports another class of that name",
            {
                **_APP,
                "app/cards.py": "class Users:\n    FORWARD = 1\n",
                "tests/test_users.py": """\
from app.users import Users


def test_users(database):
    assert Users(database).open is False


def test_cards():
    from app.cards import Users

    assert Users.FORWARD
""",
            },
        ),
        Valid(
            "a parameter that pytest fills otherwise than the fixture",
            {
                **_APP,
                "tests/test_users.py": """\
import pytest
from app.users import Users


@pytest.fixture
def users():
    return Users({})


@pytest.mark.parametrize("users", [1, 2])
def test_number(users):
    assert users.real


@pytest.fixture
def either(flag):
    if flag:
        return Users({})
    return object()


def test_either(either):
    assert either.anything
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each use of a member that is not there."""
        if not module.is_test or not module.facts.module:
            return
        known = _Known(module, context)
        data = module.tree.data
        quiet: frozenset[bytes] | None = None
        seen: set[int] = set()
        for held in (*_instances(known), *_class_uses(known)):
            for node in held.uses:
                name = module.tree.text(node)
                if _has(held, name) or name.startswith("__") or node.start_byte in seen:
                    continue
                if quiet is None:
                    quiet = frozenset((*_ASSIGNED.findall(data), *_QUOTED.findall(data)))
                if name.encode() in quiet or _is_expected(node, module) or _may_be_set(node, known):
                    continue
                if held.may_be_below and _is_of_a_subclass(name, held.of, context):
                    continue
                seen.add(node.start_byte)
                yield self._missing(node, name, held, module)

    def _missing(self, node: Node, name: str, held: _Held, module: Module) -> Finding:
        public = [one for one in held.members if not one.startswith("_") or name.startswith("_")]
        best = max(public, key=lambda one: (Indel.normalized_similarity(name, one), one), default="")
        near = best if best and Indel.normalized_similarity(name, best) >= NEAR else ""
        short = held.of.rpartition(".")[2]
        fixes: tuple[OfferedFix, ...] = ()
        if near:
            fixes = (
                module.fix(
                    f"Use `{near}`",
                    lambda: [module.replace(node, near)],
                    Applicability.UNSAFE,
                    f"It is assumed that `{near}` is meant.",
                ),
            )
        return self.finding(
            module,
            node,
            f"`{short}` has no `{name}`" + (f"; the nearest is `{near}`" if near else ""),
            fixes=fixes,
            symbol=held.of,
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """What is known to be an instance of a class (or the class), and the members that are asked of it."""

    of: str
    members: frozenset[str]
    uses: Iterable[Node]
    may_be_below: bool = False
    """It may be an instance of a subclass: all that is known is an annotation, or what a fixture gives."""


def _has(held: _Held, name: str) -> bool:
    """Whether a class has a member, or the private one for which `_Class__name` stands outside of it."""
    return name in held.members or re.sub(r"^_[^\W_]\w*?(?=__)", "", name) in held.members


@dataclass(slots=True)
class _Known:
    """The module, and the members of the classes that were asked for."""

    module: Module
    context: RuleContext
    members: dict[str, frozenset[str] | None] = field(default_factory=dict)

    def of(self, dotted: str) -> frozenset[str] | None:
        """The members of a class by its dotted name; None for what is no class or has unknown members."""
        if not dotted.rpartition(".")[2][:1].isupper() or "." not in dotted:
            return None
        if dotted not in self.members:
            place = self.context.module_at(self.context.canonical(dotted))
            is_tested = place is not None and not self.context.role(place[0]).is_test
            self.members[dotted] = members_of(dotted, self.context) if is_tested else None
        return self.members[dotted]

    def made_by(self, call: Call) -> tuple[str, frozenset[str]] | None:
        """The class of what a call gives, with the members it has."""
        if call.name in _SPECS:
            spec = call.argument(0, "spec") or call.argument(None, "spec_set")
            dotted = self.module.tree.resolve(spec)
            members = self.of(dotted) if dotted else None
            return (dotted, members | _MOCK_MEMBERS) if members is not None else None
        members = self.of(call.name)
        return (call.name, members) if members is not None else None


def _instances(known: _Known) -> Iterator[_Held]:
    """Instances that variables, attributes of the test case and parameters hold."""
    tree = known.module.tree
    calls = {one.node.id: one for one in tree.calls if one.name}
    attributes: dict[tuple[int, str], list[tuple[str, frozenset[str]]]] = {}
    for node in tree.nodes("assignment"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        call = calls.get(right.id) if right is not None else None
        if left is None or call is None:
            continue
        made = known.made_by(call)
        if made is None:
            continue
        scope = tree.scope_of(node)
        if left.type == "identifier":
            name = tree.text(left)
            if len(tree.binders(name, scope)) == 1 and name not in scope.outer:
                yield _Held(*made, _uses(name, scope, known.module))
        elif left.type == "attribute":
            owner = scope.enclosing_class
            text = tree.text(left)
            if owner is not None and text.startswith("self.") and text.count(".") == 1:
                several = attributes.setdefault((owner.start, text), [])
                if re.search(re.escape(text) + r"\b", tree.text(call.node)):
                    several.append(("", frozenset()))  # what is put around it, was something else before
                several.append(made)
    for (start, text), several in attributes.items():
        owner = tree.scopes.at(start)
        written = re.escape(text.encode())
        inside = tree.data[owner.start : owner.end]
        assigned = re.findall(rb"(?<![\w.])" + written + rb"\s*(?::[^=\n]{1,60})?=(?!=)", inside)
        if _is_inherited(text.removeprefix("self."), owner, known):
            continue  # what is set here may have been put around what stands there
        if len({of for of, _ in several}) == 1 and len(assigned) == len(several):
            yield _Held(*several[0], _uses(text, owner, known.module))
    yield from _parameters(known)
    for call in calls.values():
        above = call.node.parent
        if (
            above is not None
            and above.type == "attribute"
            and above.child_by_field_name("object") == call.node
        ):
            made = known.made_by(call)
            last = above.child_by_field_name("attribute")
            if made is not None and last is not None:
                yield _Held(*made, (last,))


def _is_inherited(name: str, owner: Scope, known: _Known) -> bool:
    """Whether a class above a test case, as far as the workspace has it, gives it an attribute as well."""
    above = classes_above(known.context)(known.module.tree.dotted(owner))
    rows = [
        (place, one)
        for base in above
        if (place := known.context.module_at(base)) is not None
        for one in known.context.rows_of(CLASSES, place[0])
    ]
    return any(one.local_name == place[1] and name in one.members for place, one in rows)


def _parameters(known: _Known) -> Iterator[_Held]:
    """Parameters that are fixtures whose class is known, or are annotated with one."""
    tree, context, path = known.module.tree, known.context, known.module.path
    given: dict[str, str] = {}
    for scope in tree.scopes.all():
        if scope.kind != FUNCTION:
            continue
        parameters = scope.node.child_by_field_name("parameters")
        is_test = scope.name.startswith("test") or _is_fixture(scope, known)
        for one in parameters.named_children if parameters is not None else ():
            if one.type == "typed_parameter":
                held = next((inner for inner in one.named_children if inner.type == "identifier"), None)
                annotation = one.child_by_field_name("type")
                inner = annotation.named_children[0] if annotation and annotation.named_children else None
                dotted = tree.resolve(inner) if inner is not None else ""
            elif one.type == "identifier" and is_test:
                held, name = one, tree.text(one)
                if name not in given:
                    fixture = visible(name, path, context) if name not in ("self", "cls") else None
                    given[name] = fixture[1].gives if fixture is not None else ""
                dotted = given[name]
            else:
                continue
            members = known.of(dotted) if dotted and held is not None else None
            if members is None or held is None:
                continue
            name = tree.text(held)
            if len(tree.binders(name, scope)) == 1 and not _is_parametrized(name, scope, known.module):
                yield _Held(dotted, members, _uses(name, scope, known.module), one.type == "typed_parameter")


def _is_fixture(scope: Scope, known: _Known) -> bool:
    return any(one.function == scope.name for one in known.context.rows_of(FIXTURES, known.module.path))


def _is_parametrized(name: str, scope: Scope, module: Module) -> bool:
    word = rb"\b" + re.escape(name.encode()) + rb"\b"
    return re.search(word, written_above(scope, module.tree)) is not None


def _class_uses(known: _Known) -> Iterator[_Held]:
    """Members that are asked of an imported class itself."""
    module = known.module
    for statement in module.tree.import_statements:
        for one in statement.names:
            if one.name[:1].isupper() and not one.type_checking:
                members = known.of(one.stands_for)
                if members is not None and not module.tree.binders(one.alias, module.tree.scopes.module):
                    yield _Held(
                        one.stands_for, members | _OF_CLASSES, _uses(one.alias, statement.scope, module)
                    )


_GOES_BEFORE = re.compile(rb"[\w.]")
"""What makes a name the end of another one, or an attribute."""


def _uses(name: str, scope: Scope, module: Module) -> Iterator[Node]:
    """The members that are asked of a name (or `self.name`) inside a scope."""
    tree = module.tree
    # A pattern that begins with letters is looked for ten times as fast as one that looks back first.
    pattern = re.compile(re.escape(name.encode()) + rb"\s*\.\s*(\w+)")
    for match in pattern.finditer(tree.data, scope.start, min(scope.end, len(tree.data))):
        if _GOES_BEFORE.match(tree.data, max(match.start() - 1, 0), match.start()):
            continue
        node = tree.node_at(match.start(1), match.end(1) - 1)
        if node is None or node.type != "identifier" or node.parent is None:
            continue
        above = node.parent
        is_asked = above.type == "attribute" and above.child_by_field_name("attribute") == node
        if is_asked and not _is_bound_within(name, tree.scope_of(node), scope):
            yield node


def _is_bound_within(name: str, inner: Scope, outer: Scope) -> bool:
    """Whether a name is another one where it is used: a function between gives it a meaning of its own."""
    scope: Scope | None = inner
    while scope is not None and scope is not outer:
        if name in scope.bound:
            return True
        scope = scope.parent
    return False


def _is_expected(node: Node, module: Module) -> bool:
    """Whether the test expects the error, or says that it knows."""
    data = module.tree.data
    end = data.find(b"\n", node.start_byte)
    if b"attr-defined" in data[node.start_byte : end if end >= 0 else len(data)]:
        return True
    for above in ancestors(node, "with_statement", "try_statement"):
        if above.type == "with_statement":
            colon = module.tree.header(above)
            if _EXPECTED.search(_header_bytes(above, data)) and colon is not None:
                return True
        elif any(
            _EXPECTED.search(_header_bytes(one, data)) for one in above.children if "except" in one.type
        ):
            return True
    return False


def _may_be_set(node: Node, known: _Known) -> bool:
    """Whether what a member is asked of was handed before to a function of the workspace that speaks of such
    a member: `describe(conf)`, which sets `conf.domain`.
    """
    tree, context = known.module.tree, known.context
    held = node.parent.child_by_field_name("object") if node.parent is not None else None
    function = tree.scope_of(node).function
    if held is None or function is None:
        return False
    written, name = tree.text(held), tree.text(node)
    for call in tree.calls_within(function.node):
        if not call.name or call.node.start_byte > node.start_byte:
            continue
        given = (one.child_by_field_name("value") or one for one in call.arguments)
        if not any(tree.text(one) == written for one in given):
            continue
        place = context.module_at(context.canonical(call.name))
        facts = context.facts(place[0]) if place is not None else None
        if facts is None or place is None:
            continue
        local_name = place[1]
        if any(
            one.local_name == local_name and has_feature(one, Feature.ATTRIBUTE, name)
            for one in facts.definitions
        ):
            return True
    return False


def _is_of_a_subclass(name: str, of: str, context: RuleContext) -> bool:
    """Whether a class below one has a member, or may have any: what is annotated with the one may be that."""
    todo, seen = [context.canonical(of)], {context.canonical(of)}
    while todo and len(seen) <= MOST_CLASSES:
        above = todo.pop()
        place = context.module_at(above)
        files = files_naming(context, above)[0] | ({place[0]} if place is not None else set())
        for path in sorted(files):
            facts = context.facts(path)
            for one in context.rows_of(CLASSES, path):
                dotted = f"{facts.module}.{one.local_name}" if facts is not None else one.local_name
                if dotted in seen or all(context.canonical(base) != above for base in one.bases if base):
                    continue
                if one.dynamic or name in one.members:
                    return True
                seen.add(dotted)
                todo.append(dotted)
    return len(seen) > MOST_CLASSES


def _header_bytes(node: Node, data: bytes) -> bytes:
    body = node.child_by_field_name("body") or node.children[-1]
    return data[node.start_byte : body.start_byte]
