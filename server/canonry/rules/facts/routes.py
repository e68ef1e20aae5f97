"""Routes of web applications: routers, what includes what, routes with their dependencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.rules.facts.decorators import decorators_of, written_above
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf

ROUTER, ROUTE, INCLUDE, MOUNT, DEPENDENCY = "router", "route", "include", "mount", "dependency"
CLIENT, SERVED = "client", "served"
"""A fixture that gives a client of the application; a path that a call adds to a router."""


class WebRow(msgspec.Struct, frozen=True, array_like=True):
    """One fact about the routes of an application; `kind` says which."""

    kind: str
    name: str
    """Dotted: the router; for a route its router; for an include what is included; for a dependency its
    function or the alias (`CurrentUser = Annotated[...]`).
    """
    path: str | None = ""
    """A route's path or a prefix, as written; None where it is no literal."""
    guards: tuple[str, ...] = ()
    """Dotted names of the dependencies, and of a route's decorators."""
    parent: str = ""
    """An include's or mount's router."""
    methods: tuple[str, ...] = ()
    function: str = ""
    """A route's local name."""
    line: int = 0
    column: int = 0
    typed: bool = False
    """A route has response_model or a return annotation."""
    untypable: bool = False
    """A route needs none: hidden, without content, with a response of its own, or with nothing returned."""
    framework: str = ""


_WORDS = AnyOf(
    *(b"TestClient", b"AsyncClient", b"test_client", b"fastapi", b"flask", b"starlette", b"APIRouter"),
    *(b"Depends", b"Security(", b".mount(", b"include_router", b"register_blueprint", b"Route("),
    *(b"add_api", b"add_url_rule", b"add_route", b"add_websocket", b"add_resource"),
    *(b"add_static", b"add_view", b"Mount("),
)
_DECORATED = re.compile(
    rb"@[\w.]+\.(?:get|post|put|patch|delete|head|options|trace|route|api_route|websocket\w*)\("
).search


_ROUTERS = {
    "fastapi.FastAPI": "fastapi",
    "fastapi.APIRouter": "fastapi",
    "fastapi.applications.FastAPI": "fastapi",
    "fastapi.routing.APIRouter": "fastapi",
    "flask.Flask": "flask",
    "flask.Blueprint": "flask",
    "starlette.applications.Starlette": "starlette",
}
_METHODS = frozenset(("get", "post", "put", "patch", "delete", "head", "options", "trace"))
_DECORATORS = _METHODS | {"route", "api_route", "websocket", "websocket_route"}
_BY_CALL = frozenset(
    (
        *(
            "add_api_route",
            "add_url_rule",
            "add_route",
            "add_websocket_route",
            "add_resource",
            "Route",
            "Mount",
        ),
        *("add_api_websocket_route", "add_static", "add_view"),
    )
)
_WITH_PATH = frozenset(
    ("add_url_rule", "add_api_route", "add_route", "add_websocket_route", "add_api_websocket_route")
)
"""Those of them that are given the path first."""
_STARLETTE = frozenset(("starlette.routing.Route", "starlette.routing.Mount", "fastapi.routing.APIRoute"))
_CLIENTS = frozenset(("TestClient", "AsyncClient", "test_client", "AsyncTestClient"))
_INCLUDES = frozenset(("include_router", "register_blueprint", "mount"))


def _rows(tree: ModuleTree) -> Iterator[WebRow]:
    if not (tree.holds(_WORDS) or tree.holds(_DECORATED)):
        return
    for call in tree.calls:
        framework = _ROUTERS.get(call.name)
        if framework is not None:
            yield from _router(call, framework, tree)
        elif call.last in _BY_CALL and (call.function.type == "attribute" or call.name in _STARLETTE):
            yield _added(call, tree)
        elif call.last in _INCLUDES and call.function.type == "attribute" and call.arguments:
            yield from _include(call, tree)
    for scope in tree.scopes.all():
        if scope.kind == FUNCTION:
            routes = list(_routes(scope, tree))
            yield from routes
            if b"fixture" in tree.data and _gives_client(scope, tree):
                yield WebRow(CLIENT, scope.name)
            if not routes:
                guards = _guards_of(scope, tree)
                if guards:
                    yield WebRow(DEPENDENCY, tree.dotted(scope), guards=guards)
    if b"Annotated" in tree.data:
        yield from _aliases(tree)


def name_of(node: Node | None, tree: ModuleTree) -> str:
    """A router's name: dotted, or that of a local variable in its function."""
    if node is None:
        return ""
    found = tree.resolve(node)
    if not found and node.type == "identifier":
        function = tree.scope_of(node).function
        found = f"{tree.dotted(function)}.<locals>.{tree.text(node)}" if function is not None else ""
    return found


def is_client(call: Call, tree: ModuleTree) -> bool:
    """Whether a call makes a client that is bound to an application of the workspace."""
    if call.last not in _CLIENTS:
        return False
    base = tree.string(call.argument(None, "base_url"))
    if base is not None and re.search(r"^\w+://[^/]+/.", base):
        return False  # paths are then relative to it
    if call.last == "AsyncClient":
        if call.argument(None, "app") is not None:
            return True
        return call.argument(None, "transport") is not None and b"ASGITransport" in tree.data
    return call.last == "test_client" or bool(call.arguments)


def bound_to(call: Call) -> Node | None:
    """The name or attribute that is given what a call makes: `client = ...`, `with ... as client`."""
    above: Node | None = call.node.parent
    if above is not None and above.type == "await":
        above = above.parent
    if above is not None and above.type == "as_pattern":
        return above.named_children[-1]
    return above.child_by_field_name("left") if above is not None and above.type == "assignment" else None


def _gives_client(scope: Scope, tree: ModuleTree) -> bool:
    """Whether a function is a fixture that makes a client: by its name, or by what it yields or returns."""
    if b"fixture" not in written_above(scope, tree):
        return False
    made = [call for call in tree.calls_within(scope.node) if is_client(call, tree)]
    if not made or "client" in scope.name:
        return bool(made)
    names = {tree.text(bound) for one in made if (bound := bound_to(one)) is not None}
    nodes = {one.node.id for one in made}
    given = (
        one.named_children[0]
        for one in tree.nodes("yield", "return_statement", within=scope.node)
        if one.named_children
    )
    return any(one.id in nodes or (one.type == "identifier" and tree.text(one) in names) for one in given)


def _added(call: Call, tree: ModuleTree) -> WebRow:
    """What a call adds to a router: a path that can be read, or something at a place that cannot."""
    first = call.argument(0, "rule" if call.last == "add_url_rule" else "path")
    path = tree.string(first) if call.last in _WITH_PATH else None
    router = name_of(call.function.child_by_field_name("object"), tree)
    if path is None or not router or not path.startswith("/"):
        return WebRow(MOUNT, "", None)
    written = tree.literal(call.argument(None, "methods"))
    methods = tuple(sorted(written)) if isinstance(written, list | tuple | set) else ()
    return WebRow(SERVED, router, path, methods=methods)


def _literal(node: Node | None, tree: ModuleTree) -> str | None:
    return "" if node is None else tree.string(node)


def _router(call: Call, framework: str, tree: ModuleTree) -> Iterator[WebRow]:
    above = call.node.parent
    if above is None or above.type != "assignment":
        return
    name = name_of(above.child_by_field_name("left"), tree)
    if name:
        prefix = call.argument(None, "prefix") or call.argument(None, "url_prefix")
        root = call.argument(None, "root_path")
        yield WebRow(
            ROUTER,
            name,
            _literal(prefix or root, tree),
            _listed(call.argument(None, "dependencies"), tree),
            framework=framework,
            typed=call.last in ("FastAPI", "Flask", "Starlette"),
        )


def _include(call: Call, tree: ModuleTree) -> Iterator[WebRow]:
    parent = name_of(call.function.child_by_field_name("object"), tree)
    if call.last == "mount":
        yield WebRow(MOUNT, "", _literal(call.argument(0, "path"), tree), parent=parent)
        return
    prefix = call.argument(None, "prefix") or call.argument(None, "url_prefix")
    yield WebRow(
        INCLUDE,
        name_of(call.argument(0, "router"), tree),
        _literal(prefix, tree),
        _listed(call.argument(None, "dependencies"), tree),
        parent,
    )


def _listed(node: Node | None, tree: ModuleTree) -> tuple[str, ...]:
    """The dependencies of a `dependencies=[...]`; `?` where it is no list that can be read."""
    if node is None or node.type in ("none", "list"):
        return _depends(node, tree) if node is not None else ()
    return ("?",)


def _depends(node: Node, tree: ModuleTree) -> tuple[str, ...]:
    """What is given to Depends and Security anywhere in a node."""
    found = []
    for call in tree.calls_within(node):
        if call.last in ("Depends", "Security"):
            first = call.argument(0, "dependency")
            if first is not None and first.type == "call":
                first = first.child_by_field_name("function")
            name = tree.resolve(first) or (tree.text(first) if first is not None else "")
            found.append(f"security.{name}" if call.last == "Security" and "auth" not in name else name)
    return tuple(one for one in found if one)


def _guards_of(scope: Scope, tree: ModuleTree) -> tuple[str, ...]:
    """The dependencies among a function's parameters."""
    held = scope.node.child_by_field_name("parameters")
    if held is None:
        return ()
    found = list(_depends(held, tree))
    for one in held.named_children:
        kind = one.child_by_field_name("type")
        if (
            kind is not None
            and kind.named_children
            and kind.named_children[0].type in ("identifier", "attribute")
        ):
            name = tree.resolve(kind.named_children[0])
            if name and not name.startswith(("builtins.", "fastapi.", "starlette.")):
                found.append(name)
    return tuple(found)


def _aliases(tree: ModuleTree) -> Iterator[WebRow]:
    for statement in tree.statements:
        node = statement.named_children[0] if statement.type == "expression_statement" else None
        if node is not None and node.type == "assignment":
            right, left = node.child_by_field_name("right"), node.child_by_field_name("left")
            if right is not None and left is not None and left.type == "identifier":
                text = tree.text(right)
                guards = _depends(right, tree) if "Depends" in text or "Security" in text else ()
                if guards:
                    yield WebRow(DEPENDENCY, tree.resolve(left), guards=guards)


def _routes(scope: Scope, tree: ModuleTree) -> Iterator[WebRow]:
    name = scope.node.child_by_field_name("name")
    decorators = decorators_of(scope)
    if not decorators or name is None:
        return
    others: list[str] = []
    found: list[Call] = []
    for inner in decorators:
        call = next((each for each in tree.calls_within(inner) if each.node.id == inner.id), None)
        is_route = call is not None and call.last in _DECORATORS and call.function.type == "attribute"
        if call is not None and is_route and (call.argument(0, "path") or call.argument(None, "rule")):
            found.append(call)
            continue
        others.append(
            (call.name or call.last) if call is not None else tree.resolve(inner) or tree.text(inner)
        )
    guards = (*_guards_of(scope, tree), *others) if found else ()
    place = tree.range(name).start
    for call in found:
        methods = (call.last.upper(),) if call.last in _METHODS else ()
        given = call.argument(None, "methods")
        if given is not None:
            written = tree.literal(given)
            methods = tuple(sorted(written)) if isinstance(written, list | tuple | set) else ()
        elif call.last == "route":
            methods = ("GET",)
        first = call.argument(0, "path") or call.argument(None, "rule")
        yield WebRow(
            ROUTE,
            name_of(call.function.child_by_field_name("object"), tree),
            tree.string(first),
            (*guards, *_listed(call.argument(None, "dependencies"), tree)),
            "",
            methods,
            scope.local_name,
            place.line,
            place.column,
            call.argument(None, "response_model") is not None
            or scope.node.child_by_field_name("return_type") is not None,
            call.last.startswith("websocket") or _needs_no_model(call, scope, tree),
        )


def _needs_no_model(call: Call, scope: Scope, tree: ModuleTree) -> bool:
    status = call.argument(None, "status_code")
    hidden = call.argument(None, "include_in_schema")
    if call.argument(None, "response_class") is not None or any(
        one.type == "dictionary_splat" for one in call.arguments
    ):
        return True
    if hidden is not None and hidden.type != "true":
        return True
    if status is not None and re.search(r"204|304|30[1278]", tree.text(status)):
        return True
    returned = [
        one.named_children[0]
        for one in tree.nodes("return_statement", within=scope.node)
        if one.named_children and tree.scope_of(one).function is scope
    ]
    if not returned or any("Response" in tree.text(one) or one.type == "none" for one in returned):
        return True
    names = {tree.text(one) for one in returned if one.type == "identifier"}
    return bool(names) and _holds_response(names, scope, tree)


def _holds_response(names: set[str], scope: Scope, tree: ModuleTree) -> bool:
    """Whether one of a function's names is given a response: `answer = JSONResponse(...)`, a parameter."""
    for one in tree.nodes("assignment", within=scope.node):
        left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
        if left is None or right is None or left.type != "identifier" or tree.text(left) not in names:
            continue
        if right.type == "await" and right.named_children:
            right = right.named_children[0]
        called = right.child_by_field_name("function") if right.type == "call" else None
        if called is not None and tree.text(called).endswith("Response"):
            return True
    held = scope.node.child_by_field_name("parameters")
    for one in held.named_children if held is not None else ():
        kind = one.child_by_field_name("type")
        if kind is not None and one.named_children and tree.text(one.named_children[0]) in names:
            of = tree.resolve(kind.named_children[0])
            if of.startswith(("fastapi.", "starlette.")) and of.endswith("Response"):
                return True
    return False


def _keys(row: WebRow) -> tuple[str, ...]:
    return (row.name or row.parent,)


ROUTES = Extractor("routes", 3, WebRow, _rows, key=_keys)
"""Routers, includes, mounts, routes, and functions and aliases with dependencies."""


@dataclass(slots=True)
class Web:
    """All routes of a workspace."""

    routers: dict[str, WebRow] = field(default_factory=dict)
    routes: list[tuple[str, WebRow]] = field(default_factory=list)
    """With the files that they are in."""
    includes: list[WebRow] = field(default_factory=list)
    mounts: list[WebRow] = field(default_factory=list)
    dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    served: list[WebRow] = field(default_factory=list)
    """Paths that calls add."""
    clients: dict[str, list[str]] = field(default_factory=dict)
    """Names of fixtures that give a client, with the files that they are in."""


def web_of(rows: Mapping[str, tuple[WebRow, ...]]) -> Web:
    """For `RuleContext.derived`."""
    found = Web()
    for path, held in rows.items():
        for one in held:
            if one.kind == ROUTER:
                found.routers[one.name] = one
            elif one.kind == ROUTE:
                found.routes.append((path, one))
            elif one.kind == INCLUDE:
                found.includes.append(one)
            elif one.kind == MOUNT:
                found.mounts.append(one)
            elif one.kind == CLIENT:
                found.clients.setdefault(one.name, []).append(path)
            elif one.kind == SERVED:
                found.served.append(one)
            else:
                found.dependencies[one.name] = one.guards
    return found
