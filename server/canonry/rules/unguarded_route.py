"""CN504: a route without the authentication that its siblings have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar

from canonry.model import Finding, Position, Priority, Range, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.keys import words_of
from canonry.rules.facts.routes import ROUTE, ROUTES, Web, WebRow, web_of
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.scopes import Scope

_AUTH = frozenset(
    (
        *("AUTH", "AUTHENTICATE", "AUTHENTICATED", "AUTHENTICATION", "AUTHORIZE", "AUTHORIZED", "LOGIN"),
        *(
            "AUTHORIZATION",
            "LOGGED",
            "PERMISSION",
            "PERMISSIONS",
            "JWT",
            "TOKEN",
            "ADMIN",
            "SUPERUSER",
            "STAFF",
        ),
        *("PRINCIPAL", "ROLE", "ROLES", "SCOPES", "SECURITY", "CREDENTIALS", "OAUTH", "BEARER", "APIKEY"),
        *("IDENTITY", "USER", "ACCESS", "MEMBER", "VERIFIED", "OWNER", "ACCOUNT"),
    )
)
_NO_AUTH = frozenset(
    (
        *("SERVICE", "REPOSITORY", "REPO", "MANAGER", "DB", "DATABASE", "STORE", "DAO", "CLIENT", "SETTINGS"),
        *(
            "CONFIG",
            "FORM",
            "FILTER",
            "PARAMS",
            "SCHEMA",
            "CREATE",
            "UPDATE",
            "IN",
            "OUT",
            "BODY",
            "OPTIONAL",
        ),
        *(
            "MAYBE",
            "AGENT",
            "CACHE",
            "SERIALIZER",
            "REQUEST",
            "RESPONSE",
            "RATE",
            "LIMIT",
            "LIMITER",
            "MODEL",
        ),
        *("READ", "BASE", "PUBLIC", "ID", "QUERY", "FACTORY"),
    )
)
"""Beside the words of authentication these name a part of the application, or what a request carries."""
_PUBLIC = frozenset(
    (
        *(
            "HEALTH",
            "HEALTHZ",
            "HEALTHCHECK",
            "READY",
            "READYZ",
            "READINESS",
            "LIVE",
            "LIVEZ",
            "LIVENESS",
            "PING",
        ),
        *("STATUS", "VERSION", "DOCS", "OPENAPI", "REDOC", "LOGIN", "LOGOUT", "SIGNIN", "SIGNUP", "SIGNOUT"),
        *("REGISTER", "REGISTRATION", "TOKEN", "TOKENS", "REFRESH", "AUTH", "OAUTH", "CALLBACK", "PASSWORD"),
        *(
            "RESET",
            "FORGOT",
            "VERIFY",
            "CONFIRM",
            "ACTIVATE",
            "WEBHOOK",
            "WEBHOOKS",
            "HOOK",
            "HOOKS",
            "PUBLIC",
        ),
        *("METRICS", "FAVICON", "ROBOTS", "STATIC", "SSO", "SAML", "KNOWN", "JWKS", "INVITE", "INVITATION"),
        *("INVITATIONS", "AUTHORIZE", "SHARE", "SHARED", "MANIFEST", "ASSETS", "AUTHENTICATE", "HEARTBEAT"),
        *(
            "CONFIG",
            "SESSION",
            "OIDC",
            "CHANGELOG",
            "OPENSEARCH",
            "SCHEMA",
            "SCHEMAS",
            "XML",
            "TXT",
            "ICO",
            "SETUP",
            "UNSUBSCRIBE",
            "LANDING",
            "HOME",
            "INDEX",
            "ROOT",
            "ANONYMOUS",
        ),
    )
)
"""Words of paths and functions that are open on purpose."""
_OWN_CHECK = re.compile(
    rb"request\.(?:state\.)?user|current_user|request\.session|authorization|x-api-key|signature|hmac",
    re.IGNORECASE,
)

_SELECT = {"canonry.toml": 'select = ["CN504"]\n'}
_HEAD = """\
from fastapi import APIRouter, Depends

from app.auth import get_current_user
from app.store import orders

router = APIRouter(prefix="/orders")


@router.get("/")
def index(user=Depends(get_current_user)):
    return orders.of(user)


@router.post("/")
def place(order: dict, user=Depends(get_current_user)):
    return orders.place(user, order)


"""


class UnguardedRoute(Rule):
    """## What it does
    Finds a route that lacks the authentication which the other routes of its router (else of its module)
    have: a dependency, or a decorator like `login_required`. At least two of the siblings and two thirds
    must have it.

    ## Why is this bad?
    A forgotten dependency is an open door: everything works, tests too, and nobody sees it. Dependencies of
    the router, of `include_router`, of the application and of dependencies count, which no linter that
    reads one file can know.

    It is off unless `select` names it: on real applications part of what it finds is open on purpose, and
    nothing in the code says so. Select it for a review, and mark what is public.

    ## Example
    ```python
    @router.get("/")
    def index(user=Depends(get_current_user)): ...


    @router.delete("/{order}")
    def cancel(order: int): ...
    ```

    ## Use instead
    ```python
    @router.delete("/{order}")
    def cancel(order: int, user=Depends(get_current_user)): ...
    ```

    ## When it stays silent
    - the router, the application or an include has an authentication of its own, or dependencies that
      cannot be read
    - health, docs, login, webhook, share and callback routes, by path or name; `# canonry: public` at the
      route
    - the answer is made of constants, without parameters and calls
    - the function looks at the user, the session or a signature itself
    - a GET where no other GET is guarded: reading is open to everyone
    - fewer than two siblings, or fewer than two thirds of them, are guarded
    """

    code: ClassVar[str] = "CN504"
    name: ClassVar[str] = "unguarded-route"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P0
    default: ClassVar[bool] = False
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "the last one is open",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.delete("/{order}")
def cancel(order: int):  # want: CN504 2 of 2
    return orders.cancel(order)
""",
            },
        ),
        Invalid(
            "Annotated, an alias in another module, a dependency of a dependency",
            {
                **_SELECT,
                "app/__init__.py": "",
                "app/auth.py": """\
from typing import Annotated

from fastapi import Depends


def decode_jwt():
    return {}


def caller(claims=Depends(decode_jwt)):
    return claims


Caller = Annotated[dict, Depends(caller)]
""",
                "app/routes.py": """\
from fastapi import APIRouter

from app.auth import Caller

router = APIRouter()


@router.get("/a")
def first(caller: Caller):
    return caller


@router.get("/b")
def second(caller: Caller):
    return caller


@router.get("/c")
def third():  # want: CN504 `Caller`
    return load("third")
""",
            },
        ),
        Invalid(
            "a decorator",
            {
                **_SELECT,
                "example.py": """\
from flask import Blueprint
from flask_login import login_required

pages = Blueprint("pages", __name__)


@pages.route("/a")
@login_required
def first():
    return "a"


@pages.route("/b")
@login_required
def second():
    return "b"


@pages.route("/c")
def third():  # want: CN504 `login_required`
    return render("c")
""",
            },
        ),
        Invalid(
            "routes that are open on purpose do not count",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.get("/health")
def health():
    return orders.ping()


@router.post("/webhook")
def paid(event: dict):
    return orders.paid(event)


@router.get("/prices")
def prices():  # canonry: public
    return orders.prices()


@router.delete("/{order}")
def cancel(order: int):  # want: CN504 2 of 2
    return orders.cancel(order)
""",
            },
        ),
        Invalid(
            "in the decorator of each route",
            {
                **_SELECT,
                "example.py": """\
from fastapi import APIRouter, Security

from app.auth import api_key

router = APIRouter()


@router.get("/a", dependencies=[Security(api_key)])
def first():
    return 1


@router.get("/b", dependencies=[Security(api_key)])
def second():
    return 2


@router.get("/c")
def third():  # want: CN504 `api_key`
    return load(3)
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "health, login and webhook routes are open",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.get("/health")
def alive():
    return "ok"


@router.post("/webhooks/payments")
def paid(event: dict):
    return orders.paid(event)
""",
            },
        ),
        Valid(
            "the same constant answer for everyone",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.get("/kinds")
def kinds(request):
    return [{"kind": kind} for kind in sorted(KINDS)]


KINDS = ("book", "film")
""",
            },
        ),
        Valid(
            "marked as public",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.get("/catalogue")
def catalogue():  # canonry: public
    return orders.catalogue()


# canonry: public prices are on the website
@router.get("/prices")
def prices():
    return orders.prices()
""",
            },
        ),
        Valid(
            "the router guards all",
            {
                **_SELECT,
                "app/orders.py": _HEAD
                + """\
@router.delete("/{order}")
def cancel(order: int):
    return orders.cancel(order)
""",
                "app/main.py": """\
from fastapi import Depends, FastAPI

from app.auth import get_current_user
from app.orders import router

app = FastAPI()
app.include_router(router, dependencies=[Depends(get_current_user)])
""",
                "app/__init__.py": "",
            },
        ),
        Valid(
            "it asks for the user itself",
            {
                **_SELECT,
                "example.py": _HEAD
                + """\
@router.delete("/{order}")
def cancel(order: int, request):
    return orders.cancel(order, request.state.user)
""",
            },
        ),
        Valid(
            "a service is no authentication",
            {
                **_SELECT,
                "example.py": """\
from fastapi import APIRouter, Depends

from app.users import get_user_service

router = APIRouter()


@router.get("/a")
def first(users=Depends(get_user_service)):
    return users


@router.get("/b")
def second(users=Depends(get_user_service)):
    return users


@router.get("/c")
def third():
    return load(3)
""",
            },
        ),
        Valid(
            "reading is open to everyone, writing is not",
            {
                **_SELECT,
                "example.py": """\
from fastapi import APIRouter, Depends

from app.auth import get_current_user

router = APIRouter()


@router.post("/posts")
def write(user=Depends(get_current_user)):
    return user


@router.delete("/posts/{post}")
def remove(post: int, user=Depends(get_current_user)):
    return post


@router.get("/posts")
def posts():
    return load("posts")
""",
            },
        ),
        Valid(
            "too few are guarded to say that it is the habit",
            {
                **_SELECT,
                "example.py": """\
from fastapi import APIRouter, Depends

from app.auth import get_current_user

router = APIRouter()


@router.get("/a")
def first(user=Depends(get_current_user)):
    return user


@router.get("/b")
def second():
    return load(2)
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each route without its siblings' authentication."""
        if not module.is_production:
            return
        routes = [one for one in context.rows_of(ROUTES, module.path) if one.kind == ROUTE]
        if not routes:
            return
        web = context.derived(ROUTES, web_of)
        for siblings, router in groups(routes, context):
            if len(siblings) < 3 or _guarded_above(router, web, context):
                continue
            guards = [_auth_of(one.guards, web, context) for one in siblings]
            guarded = [one for one, held in zip(siblings, guards, strict=True) if held]
            counted = Counter(name for held in guards for name in held[:1])
            if len(guarded) < 2:
                continue
            # Neither are those that are open on purpose siblings, nor is the route itself.
            bare: dict[str, WebRow] = {}
            for one, held in zip(siblings, guards, strict=True):
                if not held and not _is_open(one, guarded, module):
                    bare.setdefault(one.function, one)
            others = len(guarded) + len(bare) - 1
            for route in bare.values():
                if "?" in route.guards or 3 * len(guarded) < 2 * others:
                    continue
                usual = counted.most_common(1)[0][0].rpartition(".")[2]
                at = Position(route.line, route.column)
                name = route.function.rpartition(".")[2]
                example = guarded[0]
                yield self.finding(
                    module,
                    Range(at, Position(route.line, route.column + len(name))),
                    f"`{name}` ({route.path}) has no authentication; {len(guarded)} of {others} "
                    f"other routes here have `{usual}`",
                    related=[
                        Related(example.function, context.location(module.path, example.line, example.column))
                    ],
                )


def groups(routes: Sequence[WebRow], context: RuleContext) -> Iterator[tuple[list[WebRow], str]]:
    """The routes of a file by their router, each group with the router's name."""
    for name in dict.fromkeys(one.name for one in routes):
        yield [one for one in routes if one.name == name], context.canonical(name) if name else ""


def _is_auth(name: str) -> bool:
    if name.startswith("security."):
        return True
    words = set(words_of(name.rpartition(".")[2]))
    return (not words.isdisjoint(_AUTH) and words.isdisjoint(_NO_AUTH)) or {"API", "KEY"} <= words


def _auth_of(guards: Iterable[str], web: Web, context: RuleContext) -> list[str]:
    """Those of some dependencies that authenticate, by name or through their own dependencies."""
    found = []
    for name in guards:
        waiting, seen = [name], set[str]()
        while waiting and len(seen) < 50:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            inner = web.dependencies.get(one) or web.dependencies.get(context.canonical(one)) or ()
            # A class as an annotation is what a request carries, unless it is an alias of a dependency.
            is_class = one.rpartition(".")[2][:1].isupper()
            if _is_auth(one) and (not is_class or inner or one.startswith("security.")):
                found.append(name)
                break
            waiting.extend(inner)
    return found


def _guarded_above(router: str, web: Web, context: RuleContext) -> bool:
    """Whether a router has authentication from itself, an include or an application; or nobody can tell."""
    waiting, seen = [router], set[str]()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        held = web.routers.get(one)
        if held is not None and ("?" in held.guards or _auth_of(held.guards, web, context)):
            return True
        for include in web.includes:
            if include.name and context.canonical(include.name) == one:
                if "?" in include.guards or _auth_of(include.guards, web, context):
                    return True
                waiting.append(context.canonical(include.parent))
    return False


def _is_open(route: WebRow, guarded: Sequence[WebRow], module: Module) -> bool:
    words = {*words_of(route.function.rpartition(".")[2]), *words_of((route.path or "").replace("/", "_"))}
    if not words.isdisjoint(_PUBLIC) or ((route.path or "").strip("/") == "" and not guarded[0].path):
        return True
    if route.methods == ("GET",) and not any("GET" in one.methods for one in guarded):
        return True
    if set(route.methods) <= {"OPTIONS", "HEAD"} and route.methods:
        return True
    tree = module.tree
    scope = next(
        (one for one in tree.scopes.all() if one.kind == FUNCTION and one.local_name == route.function), None
    )
    if scope is None:
        return True
    if _is_constant(scope, module):
        return True
    text = tree.data[scope.start : scope.end]
    if _OWN_CHECK.search(text) or any(
        _is_auth(one.last) for one in tree.calls_within(scope.node) if one.last
    ):
        return True
    first = scope.node.parent.start_point[0] if scope.node.parent is not None else route.line
    marked = {line for line, said in module.facts.ignores if said.strip().startswith("public")}
    return any(line in marked for line in range(first - 1, route.line + 1))


def _is_constant(scope: Scope, module: Module) -> bool:
    """Whether a route's answer is the same for everyone: no parameters, and no calls but built-in ones."""
    held = scope.node.child_by_field_name("parameters")
    given = [one for one in held.named_children if one.type != "comment"] if held is not None else []
    if len(given) > 1 or (given and not module.tree.text(given[0]).startswith(("request", "_"))):
        return False
    body = scope.node.child_by_field_name("body")
    calls = module.tree.calls_within(body) if body is not None else []
    return all(one.name.startswith("builtins.") or one.last.endswith("Response") for one in calls)
