"""CN507: a client calls a path that no route serves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.routes import ROUTES, Web, bound_to, is_client, web_of
from canonry.syntax.named import Call

_METHODS = frozenset(("get", "post", "put", "patch", "delete", "head", "options"))
_ALWAYS = ("/docs", "/redoc", "/openapi.json", "/static", "/favicon.ico")
"""What frameworks serve by themselves."""
_EXPECTED = re.compile(rb"\b40[45]\b|NOT_FOUND|METHOD_NOT_ALLOWED|NotFound")
_PARAMETER = re.compile(r"\{(\w+)(:\w+)?\}|<(?:(\w+)(?:\([^)]*\))?:)?\w+>")

_APP = """\
from fastapi import APIRouter, FastAPI

from app.store import orders

router = APIRouter(prefix="/orders")


@router.get("/{order}")
def one(order: int):
    return orders.one(order)


@router.post("/")
def place(order: dict):
    return orders.place(order)


app = FastAPI()
app.include_router(router, prefix="/api")


@app.get("/health")
def health():
    return "ok"
"""
_CONFTEST = """\
import pytest
from fastapi.testclient import TestClient

from app.main import app


@pytest.fixture
def client():
    with TestClient(app) as made:
        yield made
"""


def _work(test: str, app: str = _APP) -> dict[str, str]:
    return {
        "app/__init__.py": "",
        "app/main.py": app,
        "tests/conftest.py": _CONFTEST,
        "tests/test_app.py": test,
    }


class UnknownEndpoint(Rule):
    """## What it does
    Finds a call of a client that is bound to the application (`TestClient(app)`, `app.test_client()`, a
    fixture that gives one) with a literal path that no route of the workspace serves, or not with that
    method. It offers the nearest route.

    ## Why is this bad?
    The path has been renamed or misspelt: the test sees the answer for an unknown page, and what it was
    written for is tested by nobody. No linter of one file knows the routes.

    ## Example
    ```python
    client.get("/api/order/5")  # the router's prefix is /orders
    ```

    ## Use instead
    ```python
    client.get("/api/orders/5")
    ```

    ## When it stays silent
    - the client is not seen to be the application's, or has a base URL with a path; the URL is another
      host's
    - the path is computed
    - a path or prefix is computed, also in what calls add (`add_api_route`, `add_url_rule`), or routes are
      added in other ways: then nobody can tell what is served
    - paths below a mount, `/docs`, `/openapi.json`, static files
    - the function speaks of 404 or 405: that there is none is what it expects
    """

    code: ClassVar[str] = "CN507"
    name: ClassVar[str] = "unknown-endpoint"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "misspelt",
            _work(
                """\
def test_place(client):
    assert client.post("/api/order", json={}).status_code == 201  # want: CN507 `/api/orders`
"""
            ),
            fixed={
                "tests/test_app.py": """\
def test_place(client):
    assert client.post("/api/orders", json={}).status_code == 201
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a route with a parameter: what the path has in its place stays",
            _work(
                """\
def test_one(client):
    assert client.get("/api/order/5").is_success  # want: CN507 `/api/orders/{order}`
"""
            ),
            fixed={
                "tests/test_app.py": """\
def test_one(client):
    assert client.get("/api/orders/5").is_success
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "without the prefix of the include",
            _work('def test_one(client):\n    assert client.get("/orders/5").is_success  # want: CN507\n'),
        ),
        Invalid(
            "another method",
            _work('def test_one(client):\n    assert client.delete("/health").text  # want: CN507 DELETE\n'),
        ),
        Invalid(
            "a fixture under another name, by what it yields",
            {
                "app/__init__.py": "",
                "app/main.py": _APP,
                "tests/test_app.py": """\
import pytest
from httpx import ASGITransport, AsyncClient

from app.main import app


@pytest.fixture
async def http():
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://app") as bound:
        yield bound


async def test_health(http):
    assert (await http.get("/health")).text
    assert (await http.get("/healthy")).text  # want: CN507 `/health`
""",
            },
        ),
        Invalid(
            "beside paths that calls add",
            _work(
                'def test_added(client):\n    assert client.get("/addet").text  # want: CN507 `/added`\n',
                _APP + '\n\napp.add_api_route("/added", health, methods=["GET"])\n',
            ),
        ),
        Invalid(
            "Flask, a client in the test itself",
            {
                "shop.py": """\
from flask import Flask

app = Flask(__name__)


@app.route("/orders/<int:order>")
def one(order):
    return str(order)
""",
                "test_shop.py": """\
from shop import app


def test_one():
    client = app.test_client()
    assert client.get("/orders/5").data == b"5"
    assert client.get("/order/5").data == b"5"  # want: CN507 `/orders/<int:order>`
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "a client of another host beside those of the application, under the same name",
            {
                "app/__init__.py": "",
                "app/main.py": _APP,
                "tests/test_app.py": """\
from httpx import ASGITransport, AsyncClient

from app.main import app


async def test_ours():
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://app") as http:
        assert (await http.get("/health")).text


async def test_theirs():
    async with AsyncClient(base_url="https://example.com") as http:
        assert (await http.get("/objects/m31")).is_success
""",
            },
        ),
        Valid(
            "a path that a call adds",
            _work(
                'def test_added(client):\n    assert client.get("/added").is_success\n',
                _APP + '\n\napp.add_api_route("/added", health)\n',
            ),
        ),
        Valid(
            "served, with parameters, queries and without the last slash",
            _work(
                """\
def test_served(client):
    assert client.get("/api/orders/5?full=1").is_success
    assert client.post("/api/orders", json={}).is_success
    assert client.get("/openapi.json").is_success
"""
            ),
        ),
        Valid(
            "404 is expected",
            _work('def test_unknown(client):\n    assert client.get("/nowhere").status_code == 404\n'),
        ),
        Valid(
            "another host",
            _work(
                """\
import httpx


def test_other(client):
    assert httpx.get("https://example.com/nowhere").is_success
    assert client.get("https://example.com/nowhere").is_success
"""
            ),
        ),
        Valid(
            "a dictionary is no client",
            _work('def test_get(settings):\n    assert settings.get("/nowhere") is None\n'),
        ),
        Valid(
            "below a mount",
            _work(
                'def test_admin(client):\n    assert client.get("/admin/users").is_success\n',
                _APP + '\n\nadmin = object()\napp.mount("/admin", admin)\n',
            ),
        ),
        Valid(
            "routes are added by calls too",
            _work(
                'def test_added(client):\n    assert client.get("/added").is_success\n',
                _APP + '\n\napp.add_api_route("/" + "added", health)\n',
            ),
        ),
        Valid(
            "a path that is computed",
            _work('def test_one(client):\n    assert client.get("/api/order/" + str(5)).is_success\n'),
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each call of a path that nothing serves."""
        tree = module.tree
        speaks = b"client" in tree.data.lower()
        if not speaks and not module.is_test:
            return
        calls = [one for one in tree.calls if one.last in _METHODS and one.function.type == "attribute"]
        if not calls:
            return
        web = context.derived(ROUTES, web_of)
        served = _served(web, context) if web.routes else None
        if not served:
            return
        clients = _local_clients(module) if speaks else set()
        if not clients and not web.clients:
            return
        for call in calls:
            node = call.argument(0, "url")
            path = tree.string(node)
            if node is None or path is None or not path.startswith("/") or path.startswith("//"):
                continue
            if not _is_bound(call, clients, web, module):
                continue
            path = re.split(r"[?#]", path)[0]
            method = call.last.upper()
            if path.startswith(_ALWAYS) or any(one.serves(path, method) for one in served):
                continue
            function = call.scope.function
            start, end = (0, len(tree.data)) if function is None else (function.start, function.end)
            if _EXPECTED.search(tree.data, start, end):
                continue
            near = _nearest(path, served)
            other = sorted({one for each in served if each.matches(path) for one in each.methods})
            if other:
                told = f"`{path}` is not served with {method}, but with {', '.join(other)}"
            else:
                told = f"No route serves `{path}`" + (f"; the nearest is `{near}`" if near else "")
            yield self.finding(
                module, node, told, fixes=[_fix(node, near, path, module)] if near and not other else ()
            )


@dataclass(frozen=True, slots=True)
class _Served:
    path: str
    pattern: re.Pattern[str]
    methods: tuple[str, ...]

    def matches(self, path: str) -> bool:
        return self.pattern.fullmatch(path.rstrip("/") or "/") is not None

    def serves(self, path: str, method: str) -> bool:
        known = not self.methods or method in self.methods or method in ("HEAD", "OPTIONS")
        return known and self.matches(path)


def _served(web: Web, context: RuleContext) -> list[_Served] | None:
    """What the workspace serves; None where that cannot be told."""
    found: list[_Served] = []
    for mount in web.mounts:
        if not mount.path or mount.path == "/":
            return None
        found.append(_Served(mount.path, re.compile(re.escape(mount.path.rstrip("/")) + r"(?:/.*)?"), ()))
    prefixes: dict[str, list[str] | None] = {}
    for route in (*(one for _, one in web.routes), *web.served):
        router = context.canonical(route.name)
        if router not in prefixes:
            prefixes[router] = _prefixes(router, web, context, 0)
        before = prefixes[router]
        if before is None or route.path is None:
            return None
        for prefix in before:
            path = (prefix + route.path).rstrip("/") or "/"
            found.append(_Served(path, _pattern(path), route.methods))
    return found


def _prefixes(router: str, web: Web, context: RuleContext, depth: int) -> list[str] | None:
    """What stands before a router's paths, one for each way to an application; None where unknown."""
    known = web.routers.get(router)
    if known is None or known.path is None or depth > 8:
        return None
    if known.typed:
        return [""]
    found: list[str] = []
    for include in web.includes:
        if not include.name or (include.path is None and context.canonical(include.name) == router):
            return None
        if context.canonical(include.name) == router:
            above = _prefixes(context.canonical(include.parent), web, context, depth + 1)
            if above is None:
                return None
            own = known.path or ""
            if known.framework == "flask" and include.path:
                own = ""  # register_blueprint's url_prefix stands in the blueprint's place
            found.extend(f"{one}{include.path}{own}" for one in above)
    return found


def _pattern(path: str) -> re.Pattern[str]:
    parts, at = [], 0
    for match in _PARAMETER.finditer(path):
        parts.append(re.escape(path[at : match.start()]))
        parts.append(".+" if "path" in (match[3], (match[2] or "")[1:]) else "[^/]+")
        at = match.end()
    return re.compile("".join(parts) + re.escape(path[at:]))


def _local_clients(module: Module) -> set[tuple[str, int]]:
    """What the module binds to a client of its application: names with where their function begins, -1 for
    the module's; attributes are everybody's.
    """
    tree = module.tree
    found = set()
    for call in tree.calls:
        bound = bound_to(call) if is_client(call, tree) else None
        if bound is not None:
            inner = call.scope.function if "." not in tree.text(bound) else None
            found.add((tree.text(bound), -1 if inner is None else inner.start))
    return found


def _is_bound(call: Call, clients: set[tuple[str, int]], web: Web, module: Module) -> bool:
    """Whether a call's object is a client of the application: bound here, or a fixture's."""
    held = call.function.child_by_field_name("object")
    if held is None:
        return False
    name = module.tree.text(held)
    function = call.scope.function
    inner = function
    while inner is not None:
        if (name, inner.start) in clients:
            return True
        inner = inner.parent.function if inner.parent is not None else None
    given = function.node.child_by_field_name("parameters") if function is not None else None
    is_given = given is not None and re.search(rf"\b{re.escape(name)}\b", module.tree.text(given)) is not None
    if (name, -1) in clients and not is_given:
        return True
    return is_given and module.is_test and _is_fixture(name, web, module)


def _is_fixture(name: str, web: Web, module: Module) -> bool:
    """Whether a test's parameter is a client. A name that does not say so may be another's elsewhere."""
    found = web.clients.get(name, ())
    if "client" in name:
        return bool(found)
    return any(
        one == module.path
        or (
            one.rpartition("/")[2] == "conftest.py"
            and module.path.startswith(one.removesuffix("conftest.py"))
        )
        for one in found
    )


def _nearest(path: str, served: list[_Served]) -> str:
    filled = {_PARAMETER.sub("1", one.path): one.path for one in served}
    near = get_close_matches(path.rstrip("/"), list(filled), 1, 0.6)
    return filled[near[0]] if near else ""


def _filled(route: str, path: str) -> str | None:
    """A route with its parameters as a path has them in their places; None where it has other places."""
    wanted, given = route.split("/"), path.rstrip("/").split("/")
    if not _PARAMETER.search(route):
        return route
    if route.endswith("/"):
        given.append("")
    if len(wanted) != len(given):
        return None
    filled = []
    for mine, theirs in zip(wanted, given, strict=True):
        if _PARAMETER.search(mine) and not (_PARAMETER.fullmatch(mine) and theirs):
            return None
        filled.append(theirs if _PARAMETER.search(mine) else mine)
    return "/".join(filled)


def _fix(node: Node, near: str, path: str, module: Module) -> OfferedFix:
    def edits() -> list[TextEdit] | Refusal:
        target = _filled(near, path)
        if target is None:
            return Refusal("the path has nothing to give for the route's parameters")
        text = module.tree.text(node)
        return (
            [module.replace(node, text.replace(path, target))]
            if text.count(path) == 1
            else Refusal("no literal")
        )

    return module.fix(
        f"Call `{near}`",
        edits,
        Applicability.UNSAFE,
        "Another route is called: see that it is the one meant.",
    )
