"""CN002: a class of a family that has a canonical member in the same service."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import ClassVar, Final

from canonry.model import Finding, Related, Severity, Trait
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.class_roles import CLASS_ROLES, ClassRole, methods_in_common
from canonry.rules.facts.markers import MARKERS, marked
from canonry.rules.facts.relatives import are_related, classes_above
from canonry.scopes.registry import declared_canonical
from canonry.syntax import SCRIPT
from canonry.syntax.words import split_identifier

LEAST_IN_COMMON = 2
LEAST_SHARE = 0.3
"""Of the smaller class's public methods: so much overlap makes two classes parallel, not two of a name."""

_MANAGER = """\
class DatabaseManager:
    def connect(self):
        return self.pool.acquire()

    def execute(self, statement):
        return self.connect().run(statement)

    def close(self):
        self.pool.close()
"""
_SHOP = {
    "shop/db/manager.py": _MANAGER,
    "shop/orders.py": "from shop.db.manager import DatabaseManager\n",
    "shop/bills.py": "from shop.db.manager import DatabaseManager\n",
}


_NUMBER: Final = re.compile(r"\d+")
_WAY: Final = re.compile(r"(\w+[a-z0-9])(?:To|From)([A-Z]\w+)$")
_VERSION: Final = re.compile(r"(?<=[a-z])V\d+|\d+$")
"""What says the how-manyth of one thing a class is."""
SURE_IN_COMMON: Final = 3
SURE_SHARE: Final = 0.6
_SAYS_LITTLE: Final = frozenset(("base", "abstract", "object", "instance", "data", "info", *"0123456789"))
"""Words in which two names may differ that tell of two things as often as of one."""
_SIDE_BY_SIDE: Final = frozenset(
    ("drivers", "plugins", "backends", "providers", "dialects", "adapters", "integrations", "connectors")
)
"""Packages whose packages do one thing for one make each, and name their parts alike."""


class ParallelClass(Rule):
    """## What it does
    Finds a class that is of one family with another class of its service: their names are the same but for
    modifiers (`Unified`, `New`, `Enhanced`, `V2`, ...), vague words (`Connection`) and words for one role
    (`Manager`, `Mgr`; `Sender`, `Renderer` and other words for who does something), and they have public
    methods in common. The canonical one is the one that the registry or a comment declares, else the member
    whose name is the plain one, else the one that most modules use.

    Neighbours: clone detectors compare bodies; these classes mostly have other ones.

    ## Why is this bad?
    Each new manager, client or cache beside the first splits its callers: settings, fixes and connections
    are in one of them, and nobody knows which is meant to stay.

    ## Example
    ```python
    # app/db/manager.py has DatabaseManager with connect, execute and close
    class UnifiedDBConnectionManager:
        def connect(self): ...
        def execute(self, query): ...
    ```

    ## Use instead
    ```python
    from app.db.manager import DatabaseManager
    ```

    ## When it stays silent
    - one inherits from the other, directly or through others of the family
    - another word of the domain: `UserCacheManager` beside `CacheManager`
    - no public methods in common to speak of
    - another service's class; tests
    - two of one name that implement the same base: plug-ins
    - accepted in the settings
    """

    code: ClassVar[str] = "CN002"
    name: ClassVar[str] = "parallel-class"
    severity: ClassVar[Severity] = Severity.WARNING
    beats: ClassVar[Sequence[str]] = ("CN001",)
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "modifiers and an abbreviation",
            {
                **_SHOP,
                "shop/core/unified.py": """\
class UnifiedDBConnectionManager:  # want: CN002 shop.db.manager.DatabaseManager
    def connect(self):
        self.connection = open_connection(self.url)

    def execute(self, query):
        return self.connection.send(query)
""",
            },
        ),
        Invalid(
            "a vague word",
            {
                **_SHOP,
                "shop/stock/connections.py": """\
class DatabaseConnectionManager:  # want: CN002 connect, execute
    def connect(self):
        self.connection = open_connection(self.url)

    def execute(self, query):
        return self.connection.send(query)
""",
            },
        ),
        Invalid(
            "another word for the role, and a version",
            {
                "mail/client.py": """\
class MailClient:
    def send(self, message):
        self.channel.push(message)

    def close(self):
        self.channel.shut()
""",
                "mail/next.py": """\
class MailConnectorV2:  # want: CN002 mail.client.MailClient
    def send(self, message, retry=3):
        for _ in range(retry):
            self.socket.write(message)

    def close(self):
        self.socket.close()
""",
            },
        ),
        Invalid(
            "none has the plain name: the one that is used more stays",
            {
                "app/cache_a.py": """\
class SmartPriceCache:
    def get(self, key):
        return self.values[key]

    def put(self, key, value):
        self.values[key] = value
""",
                "app/cache_b.py": """\
class EnhancedPriceCache:  # want: CN002 app.cache_a.SmartPriceCache
    def get(self, key):
        return self.store.read(key)

    def put(self, key, value):
        self.store.write(key, value)
""",
                "app/use.py": "from app.cache_a import SmartPriceCache\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "inheritance: it is the same family on purpose",
            {
                **_SHOP,
                "shop/core/unified.py": """\
from shop.db.manager import DatabaseManager


class UnifiedDatabaseManager(DatabaseManager):
    def connect(self):
        return super().connect()

    def execute(self, statement):
        return super().execute(statement)
""",
            },
        ),
        Valid(
            "another domain",
            {
                **_SHOP,
                "shop/files.py": """\
class ArchiveDatabaseManager:
    def connect(self):
        return open(self.path)

    def execute(self, statement):
        return self.connect().read()
""",
            },
        ),
        Valid(
            "a list's items are no list, and what is shared is another thing",
            {
                "shop/lists.py": """\
class ShoppingListController:
    def create(self, data): ...
    def remove(self, key): ...


class ShoppingListItemController:
    def create(self, data): ...
    def remove(self, key): ...


class ShoppingListSharedController:
    def create(self, data): ...
    def remove(self, key): ...
""",
            },
        ),
        Valid(
            "nothing in common but the name",
            {
                **_SHOP,
                "shop/setup.py": """\
class NewDatabaseManager:
    def draw(self):
        return self.screen.box()

    def resize(self, width):
        self.screen.width = width
""",
            },
        ),
        Valid(
            "a role alone is no family",
            {
                "app/a.py": """\
class Manager:
    def start(self):
        self.thread.start()

    def stop(self):
        self.thread.stop()
""",
                "app/b.py": """\
class BaseManager:
    def start(self):
        self.process.start()

    def stop(self):
        self.process.stop()
""",
            },
        ),
        Valid(
            "one class of that name in each plug-in, and words that only look like modifiers",
            {
                "shop/resolvers/base.py": "class UserResolver:\n    pass\n",
                "shop/resolvers/ldap.py": """\
from shop.resolvers.base import UserResolver


class IdResolver(UserResolver):
    def get_user(self, key): ...
    def check(self, key, password): ...
""",
                "shop/resolvers/sql.py": """\
from shop.resolvers.base import UserResolver


class IdResolver(UserResolver):
    def get_user(self, key): ...
    def check(self, key, password): ...
""",
                "shop/drivers/acme/client.py": """\
class RestHelper:
    def login(self): ...
    def call(self, path): ...
""",
                "shop/drivers/initech/client.py": """\
class RestHelper:
    def login(self): ...
    def call(self, path): ...
""",
                "shop/groups.py": """\
class GroupSerializer:
    def validate(self, data): ...
    def related(self, other): ...


class InstanceGroupSerializer:
    def validate(self, data): ...
    def related(self, other): ...
""",
                "shop/marks.py": """\
class MarkBasePosBuilder:
    def build(self, data): ...
    def equals(self, other): ...


class MarkMarkPosBuilder:
    def build(self, data): ...
    def equals(self, other): ...
""",
            },
        ),
        Valid(
            "versions of a protocol, an interface, and one that builds on the other through a generic base",
            {
                "shop/tokens.py": """\
class OAuth1Session:
    def authorize(self, scope):
        return self.sign(scope)

    def token(self):
        return self.kept


class OAuth2Session:
    def authorize(self, scope):
        return self.ask(scope)

    def token(self):
        return self.kept


class SignatureV1Handler:
    def add(self, request):
        request.sign(1)

    def update(self, provider):
        self.provider = provider


class SignatureV2Handler:
    def add(self, request):
        request.sign(2)

    def update(self, provider):
        self.provider = provider
""",
                "shop/interfaces.py": """\
class BackupDriver:
    def save(self, volume):
        \"""Saves a volume.\"""

    def restore(self, volume):
        \"""Brings it back.\"""
""",
                "shop/backups.py": """\
class BaseBackupDriver:
    def save(self, volume):
        self.store.put(volume)

    def restore(self, volume):
        return self.store.get(volume)
""",
                "shop/output.py": """\
class BaseOutputProcessor:
    def call(self, data):
        return data

    def close(self):
        self.sink.close()


class BaseObjectOutputProcessor(BaseOutputProcessor[T]):
    pass


class ObjectOutputProcessor(BaseObjectOutputProcessor[T]):
    def call(self, data):
        return self.kind(data)

    def close(self):
        self.sink.end()
""",
            },
        ),
        Valid(
            "one builds on the other through a class of another family, two ways, and a word of the domain",
            {
                "shop/identity.py": """\
class IdentityProvider:
    def user(self, request):
        return request.user

    def login(self, request):
        return request.form


class PasswordIdentityProvider(IdentityProvider):
    def login(self, request):
        return request.password


class LegacyIdentityProvider(PasswordIdentityProvider):
    def user(self, request):
        return request.cookie

    def login(self, request):
        return request.cookie
""",
                "shop/fields.py": """\
class TextToChoiceConverter:
    def applies(self, field):
        return field.is_text

    def convert(self, rows):
        return [row.text for row in rows]


class ChoiceToTextConverter:
    def applies(self, field):
        return field.is_choice

    def convert(self, rows):
        return [row.choice for row in rows]
""",
                "shop/talks.py": """\
class TalkLinkFormatter:
    def info(self):
        return "link"

    def render(self, talk):
        return talk.url


class AbstractTalkLinkFormatter:
    def info(self):
        return "link"

    def render(self, abstract):
        return abstract.talk.url
""",
            },
        ),
        Valid(
            "no role in the name",
            {
                "app/a.py": "class Order:\n    def add(self): ...\n    def remove(self): ...\n",
                "app/b.py": "class NewOrder:\n    def add(self): ...\n    def remove(self): ...\n",
            },
        ),
        Valid(
            "services deploy alone: each has its own",
            {
                "auth/pyproject.toml": "[project]\nname = 'auth'\n",
                "auth/auth/db.py": _MANAGER,
                "bills/pyproject.toml": "[project]\nname = 'bills'\n",
                "bills/bills/db.py": _MANAGER.replace("DatabaseManager", "NewDatabaseManager"),
            },
        ),
        Valid(
            "a thing or a person, not a role",
            {
                "app/a.py": "class SalesOrder:\n    def add(self): ...\n    def remove(self): ...\n",
                "app/b.py": "class NewSalesOrder:\n    def add(self): ...\n    def remove(self): ...\n",
            },
        ),
        Valid(
            "accepted in the settings",
            {
                **_SHOP,
                "shop/core/unified.py": _MANAGER.replace("DatabaseManager", "UnifiedDatabaseManager"),
                "canonry.toml": """\
[[accepted]]
symbols = ["shop.db.manager.DatabaseManager", "shop.core.unified.UnifiedDatabaseManager"]
reason = "the unified one takes over in spring"
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each class of the module that is not the canonical one of its family."""
        for row in context.rows_of(CLASS_ROLES, module.path):
            if cancelled():
                return
            family = [
                (path, other)
                for path, other in context.rows(CLASS_ROLES, row.family)
                if context.services.of(path) == module.service and context.role(path).name == "SOURCE"
            ]
            if len(family) > 1:
                yield from self._judge(module, context, row, family)

    def _judge(
        self, module: Module, context: RuleContext, row: ClassRole, family: list[tuple[str, ClassRole]]
    ) -> Iterator[Finding]:
        declared = declared_canonical(context.settings, context.derived(MARKERS, marked))
        path, canonical = min(family, key=lambda one: _standing(context, declared, *one))
        if (path, canonical.name) == (module.path, row.name) or not _is_parallel(row, canonical):
            return
        if _inherits(row, canonical, family) or _inherits(canonical, row, family):
            return
        if are_related(row.dotted, canonical.dotted, classes_above(context)):
            return
        if _are_two_ways(row.name, canonical.name) or _is_about_abstracts(row, module):
            return
        if _are_one_and_many(row.name, canonical.name):
            return
        if _are_plug_ins(row, canonical, context) or _are_versions(row.name, canonical.name):
            return
        if _is_interface(row, module.path, context) != _is_interface(canonical, path, context):
            return
        if context.is_accepted(row.dotted, canonical.dotted):
            return
        definition = next(
            (one for one in module.facts.definitions if one.local_name == row.name and one.parent < 0), None
        )
        if definition is None:
            return
        common = methods_in_common(row, canonical)
        uses = len(context.files_referring(canonical.dotted))
        told = f", used by {uses} modules" if uses > 1 else ""
        yield self.finding(
            module,
            definition.name_range,
            f"`{row.name}` stands beside `{canonical.dotted}`{told}: one family by name, and both have "
            f"{', '.join(common[:4])}",
            related=[
                Related(
                    f"existing: class {canonical.name}",
                    context.location(
                        path, canonical.line, canonical.column, canonical.column + len(canonical.name)
                    ),
                    canonical.dotted,
                )
            ],
            symbol=row.dotted,
            severity=None if _is_sure(row, canonical, common) else Severity.INFORMATION,
        )


def _is_sure(row: ClassRole, canonical: ClassRole, common: Sequence[str]) -> bool:
    """Whether a name says that it was to take another one's place, or most of what one does the other does.

    What is neither (one name in two modules, a number at its end, a vague word more, with little in common)
    is mostly two things.
    """
    if len(common) >= SURE_IN_COMMON and len(common) >= SURE_SHARE * min(
        len(row.methods), len(canonical.methods)
    ):
        return True
    mine, theirs = set(split_identifier(row.name)), set(split_identifier(canonical.name))
    return bool((mine ^ theirs) - _SAYS_LITTLE)


def _are_one_and_many(one: str, other: str) -> bool:
    """Whether two names differ in nothing but a plural: `UploadsController` lists what `UploadController` is
    about.
    """
    mine, theirs = split_identifier(one), split_identifier(other)
    if len(mine) != len(theirs) or mine == theirs:
        return False
    return all(a == b or b == f"{a}s" or a == f"{b}s" for a, b in zip(mine, theirs, strict=True))


def _standing(
    context: RuleContext, declared: Container[str], path: str, row: ClassRole
) -> tuple[object, ...]:
    """Order of who is canonical: the declared one, the plain name, then uses, the shorter name, the path."""
    return (
        row.dotted not in declared,
        not row.plain,
        -len(context.files_referring(row.dotted)),
        len(row.name),
        path,
        row.line,
    )


def _are_plug_ins(one: ClassRole, other: ClassRole, context: RuleContext) -> bool:
    """Whether two classes of one name implement the same base of the workspace, each module having one, or
    stand in packages side by side: `drivers.acme` and `drivers.initech`.
    """
    if one.name != other.name:
        return False
    folders = [row.dotted.split(".")[:-2] for row in (one, other)]
    shared = next((at for at, (a, b) in enumerate(zip(*folders, strict=False)) if a != b), 0)
    if shared and folders[0][shared - 1] in _SIDE_BY_SIDE:
        return True
    theirs = {context.canonical(base) for base in other.bases}
    if any(context.canonical(base) in theirs and context.definition(base) is not None for base in one.bases):
        return True
    # A file that no statement can import (`2pay.py`) does not say where its bases are.
    is_script = SCRIPT in (one.dotted.partition(".")[0], other.dotted.partition(".")[0])
    lasts = {base.rpartition(".")[2] for base in other.bases} - {"object"}
    return is_script and any(base.rpartition(".")[2] in lasts for base in one.bases)


def _are_versions(one: str, other: str) -> bool:
    """Whether two names differ in a number that tells what they are for: versions of a protocol or of a
    service (`OAuth1Session`, `OAuth2Session`; `EtcdController`, `Etcd3Controller`). That one alone is a
    `ManagerV2` tells that it was to take the place of the other.
    """
    mine, theirs = _VERSION.findall(one), _VERSION.findall(other)
    numbers = [_NUMBER.findall(_VERSION.sub("", name)) for name in (one, other)]
    return numbers[0] != numbers[1] or bool(mine and theirs and mine != theirs)


def _are_two_ways(one: str, other: str) -> bool:
    """Whether two names tell of ways between two things: `TextToChoiceConverter`, `ChoiceToTextConverter`."""
    mine, theirs = _WAY.match(one), _WAY.match(other)
    return mine is not None and theirs is not None and mine.groups() != theirs.groups()


def _is_about_abstracts(row: ClassRole, module: Module) -> bool:
    """Whether *abstract* is a word of the domain in a class's name: nothing of the class is abstract."""
    if "Abstract" not in row.name or any(base.rpartition(".")[2].startswith("ABC") for base in row.bases):
        return False
    members = [one for one in module.facts.definitions if one.local_name.startswith(f"{row.name}.")]
    return bool(members) and not any(
        one.traits & Trait.EMPTY or any("abstract" in each for each in one.decorators) for one in members
    )


def _is_interface(row: ClassRole, path: str, context: RuleContext) -> bool:
    """Whether all that a class has are methods without a body: it says what others have to have."""
    facts = context.facts(path)
    methods = [
        one
        for one in (facts.definitions if facts is not None else ())
        if one.local_name.startswith(f"{row.name}.") and one.local_name.count(".") == 1
    ]
    return bool(methods) and all(one.traits & Trait.EMPTY for one in methods)


def _is_parallel(one: ClassRole, other: ClassRole) -> bool:
    common = len(methods_in_common(one, other))
    return common >= LEAST_IN_COMMON and common >= LEAST_SHARE * min(len(one.methods), len(other.methods))


def _inherits(one: ClassRole, other: ClassRole, family: list[tuple[str, ClassRole]]) -> bool:
    """Whether a class has another among its bases, directly or through classes of the family."""
    by_name = {row.name: row for _, row in family}
    open_, seen = list(one.bases), set[str]()
    while open_:
        base = open_.pop()
        last = base.rpartition(".")[2]
        if base == other.dotted or last == other.name:
            return True
        if last in by_name and last not in seen:
            seen.add(last)
            open_.extend(by_name[last].bases)
    return False
