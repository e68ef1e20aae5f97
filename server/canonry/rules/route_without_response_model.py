"""CN503: a route that does not say what it returns, where its siblings do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from canonry.model import Applicability, Finding, Position, Priority, Range, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.routes import ROUTE, ROUTES, WebRow, web_of
from canonry.rules.unguarded_route import groups
from canonry.syntax.kinds import FUNCTION

_HEAD = """\
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from app.models import Order
from app.store import orders

router = APIRouter()


@router.get("/orders", response_model=list[Order])
def index():
    return orders.all()


@router.get("/orders/{order}")
def one(order: int) -> Order:
    return orders.one(order)


"""


class RouteWithoutResponseModel(Rule):
    """## What it does
    Finds a FastAPI route with neither `response_model` nor a return annotation, where at least two and two
    thirds of the other routes of its router have one.

    ## Why is this bad?
    The answer is not checked, not filtered and not in the OpenAPI schema: a field of the database, a
    password's hash, is sent because a row has it, and clients cannot be generated. ruff's FAST rules look
    at other parts of a route; ANN201 asks for annotations everywhere.

    ## Example
    ```python
    @router.post("/orders")
    def place(order: NewOrder):
        return orders.place(order)
    ```

    ## Use instead
    ```python
    @router.post("/orders")
    def place(order: NewOrder) -> Order:
        return orders.place(order)
    ```

    ## When it stays silent
    - fewer than two siblings, or fewer than two thirds of them, have one
    - a response is returned, by itself or by its name, or declared (`StreamingResponse`, `response_class=`),
      or nothing is
    - `include_in_schema=False`, status 204 or a redirect, websockets
    - other frameworks than FastAPI; tests
    """

    code: ClassVar[str] = "CN503"
    name: ClassVar[str] = "route-without-response-model"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "the last one says nothing",
            _HEAD
            + """\
@router.post("/orders")
def place(order: dict):  # want: CN503 `place`
    return orders.place(order)
""",
            fixed=_HEAD
            + """\
@router.post("/orders", response_model=None)
def place(order: dict):
    return orders.place(order)
""",
        ),
        Invalid(
            "asynchronous",
            _HEAD
            + """\
@router.post("/orders")
async def place(order: dict):  # want: CN503 2 of 2
    order = await orders.place(order)
    return {"order": order}
""",
        ),
        Invalid(
            "a status with content is no reason",
            _HEAD
            + """\
@router.post("/orders", status_code=201)
def place(order: dict):  # want: CN503
    return orders.place(order)
""",
        ),
        Invalid(
            "siblings that could have no model do not count",
            _HEAD
            + """\
@router.get("/export")
def export():
    return StreamingResponse(orders.lines())


@router.delete("/orders/{order}", status_code=204)
def cancel(order: int):
    orders.cancel(order)


@router.post("/orders")
def place(order: dict):  # want: CN503 2 of 2
    return orders.place(order)
""",
        ),
        Invalid(
            "two paths of one function are one route",
            _HEAD
            + """\
@router.get("/last")
@router.get("/newest", tags=["orders"])
def last():  # want: CN503 2 of 2
    found = orders.last()
    return found
""",
        ),
        Invalid(
            "shown in the schema, and the router is another module's",
            {
                "app/__init__.py": "",
                "app/web.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n",
                "app/routes.py": """\
from app.models import Order
from app.web import router


@router.get("/a")
def first() -> Order:
    return Order()


@router.get("/b")
def second() -> Order:
    return Order()


@router.get("/c", include_in_schema=True)
def third():  # want: CN503 `third`
    return Order()
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "a response of its own",
            _HEAD
            + """\
@router.get("/export")
def export():
    return StreamingResponse(orders.lines())
""",
        ),
        Valid(
            "a response that has a name first",
            _HEAD
            + """\
from fastapi import Response


@router.get("/cached")
def cached():
    answer = StreamingResponse(orders.lines())
    answer.headers["Cache-Control"] = "max-age=600"
    return answer


@router.get("/stamped")
def stamped(response: Response):
    response.headers["X-Orders"] = str(len(orders.all()))
    return response
""",
        ),
        Valid(
            "declared by its class",
            _HEAD
            + """\
from fastapi.responses import HTMLResponse


@router.get("/page", response_class=HTMLResponse)
def page():
    return "<p>orders</p>"
""",
        ),
        Valid(
            "hidden, or without content",
            _HEAD
            + """\
@router.get("/internal", include_in_schema=False)
def internal():
    return orders.all()


@router.delete("/orders/{order}", status_code=204)
def cancel(order: int):
    return orders.cancel(order)
""",
        ),
        Valid(
            "nothing is returned",
            _HEAD
            + """\
@router.post("/orders/{order}/seen")
def seen(order: int):
    orders.seen(order)
""",
        ),
        Valid(
            "the siblings have none either",
            """\
from fastapi import APIRouter

router = APIRouter()


@router.get("/a")
def first() -> int:
    return 1


@router.get("/b")
def second():
    return 2


@router.get("/c")
def third():
    return 3
""",
        ),
        Valid(
            "Flask knows no models",
            """\
from flask import Blueprint

pages = Blueprint("pages", __name__)


@pages.get("/a")
def first() -> str:
    return "a"


@pages.get("/b")
def second() -> str:
    return "b"


@pages.get("/c")
def third():
    return "c"
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each route without a model."""
        if not module.is_production:
            return
        routes = [one for one in context.rows_of(ROUTES, module.path) if one.kind == ROUTE]
        if len(routes) < 3 or all(one.typed or one.untypable for one in routes):
            return
        web = context.derived(ROUTES, web_of)
        for held, router in groups(routes, context):
            known = web.routers.get(router)
            if known is None or known.framework != "fastapi":
                continue
            siblings = _by_function(held)
            typed = sum(one.typed for one in siblings)
            others = sum(one.typed or not one.untypable for one in siblings) - 1
            for route in siblings:
                if route.typed or route.untypable or typed < 2 or 3 * typed < 2 * others:
                    continue
                name = route.function.rpartition(".")[2]
                at = Position(route.line, route.column)
                yield self.finding(
                    module,
                    Range(at, Position(route.line, route.column + len(name))),
                    f"`{name}` does not say what it returns; {typed} of {others} other routes here do",
                    fixes=[
                        module.fix(
                            "Declare that the answer has no model (response_model=None)",
                            lambda route=route: _edits(route, module),  # type: ignore[misc]
                            Applicability.SAFE,
                        )
                    ],
                )


def _by_function(routes: Sequence[WebRow]) -> list[WebRow]:
    """One route for each function, also where it has several decorators: the first that lacks a model."""
    found: dict[tuple[str, int], WebRow] = {}
    for one in routes:
        place = one.function, one.line
        before = found.get(place)
        if before is None or (before.typed or before.untypable) > (one.typed or one.untypable):
            found[place] = one
    return list(found.values())


def _edits(route: WebRow, module: Module) -> list[TextEdit] | Refusal:
    """`response_model=None` in the decorator: what holds today, to be replaced by the model."""
    tree = module.tree
    scope = next(
        (one for one in tree.scopes.all() if one.kind == FUNCTION and one.local_name == route.function), None
    )
    above = scope.node.parent if scope is not None else None
    if above is None or above.has_error:
        return Refusal("the route has a syntax error")
    for one in above.named_children:
        for call in tree.calls_within(one) if one.type == "decorator" else ():
            if tree.string(call.argument(0, "path")) == route.path and call.arguments:
                end = tree.position(*call.arguments[-1].end_point)
                return [module.insert(end.line, end.column, ", response_model=None")]
    return Refusal("the decorator cannot be found")
