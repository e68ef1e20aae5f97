"""Queries of SQLAlchemy and Django in a function: of which model, and what they load with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from canonry.syntax import ModuleTree
from canonry.syntax.kinds import COMPREHENSION
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope

_SAME = frozenset(
    (
        *(
            "all",
            "filter",
            "filter_by",
            "exclude",
            "order_by",
            "distinct",
            "where",
            "limit",
            "offset",
            "join",
        ),
        *("outerjoin", "group_by", "having", "annotate", "only", "defer", "reverse", "using", "iterator"),
        *("select_for_update", "with_for_update", "execution_options", "populate_existing", "yield_per"),
        *("unique", "alias", "union", "correlate", "enable_eagerloads", "none", "select_from", "partitions"),
    )
)
"""Methods whose result has the same rows' models; any other one may do anything."""
_RUNS = frozenset(("execute", "scalars", "stream", "stream_scalars"))
_LOADERS = re.compile(
    r"(selectinload|joinedload|subqueryload|contains_eager|immediateload|raiseload|noload|defaultload)"
    r"\(\s*(?:[\w.]*\.)?(?:(\w+)|[\"'](\w+|\*)[\"'])\s*[,)]"
)
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class QueryExpression:
    """A query, or its result."""

    model: str
    """The dotted name of the model, as the module has it."""
    model_node: Node
    base: Node
    """The expression behind which an eager load can be added: `Book.objects`, `select(User)`."""
    framework: str
    loaded: frozenset[str] = frozenset()
    """Attributes that are loaded with it; EVERYTHING where that cannot be told."""
    rows: bool = False
    """Whether its items are rows of a result and no models."""

    def loads(self, attribute: str) -> bool:
        """Whether an attribute is loaded with it."""
        return attribute in self.loaded or EVERYTHING in self.loaded


class Reader:
    """Reads queries of one module. `is_model` says whether a dotted name is a model."""

    def __init__(self, tree: ModuleTree, is_model: Callable[[str], bool]) -> None:
        self.tree = tree
        self.is_model = is_model
        self._calls = {call.node.id: call for call in tree.calls}

    def read(self, node: Node | None, scope: Scope, before: int, hops: int = 0) -> QueryExpression | None:
        """The query that an expression is; None where that cannot be told. `before`: a byte offset."""
        if node is None or hops > 12:
            return None
        kind = node.type
        if kind in ("parenthesized_expression", "await") and node.named_child_count == 1:
            return self.read(node.named_children[0], scope, before, hops + 1)
        if kind == "identifier":
            return self._variable(self.tree.text(node), scope, before, hops)
        if kind == "subscript":
            held = node.child_by_field_name("subscript")
            if held is not None and held.type == "slice":
                return self.read(node.child_by_field_name("value"), scope, before, hops + 1)
            return None
        if kind == "attribute":
            return self._manager(node)
        call = self._calls.get(node.id)
        return self._call(call, scope, before, hops) if call is not None else None

    def _manager(self, node: Node) -> QueryExpression | None:
        name, held = node.child_by_field_name("attribute"), node.child_by_field_name("object")
        if (
            name is None
            or held is None
            or self.tree.text(name) not in ("objects", "query", "_default_manager")
        ):
            return None
        model = self.tree.resolve(held)
        framework = "sqlalchemy" if self.tree.text(name) == "query" else "django"
        return QueryExpression(model, held, node, framework) if model and self.is_model(model) else None

    def _call(self, call: Call, scope: Scope, before: int, hops: int) -> QueryExpression | None:
        arguments = call.arguments
        if call.name in ("builtins.list", "builtins.tuple", "builtins.reversed", "builtins.iter"):
            return self.read(arguments[0], scope, before, hops + 1) if len(arguments) == 1 else None
        if call.last == "select" or (call.last == "query" and call.function.type == "attribute"):
            model = self.tree.resolve(arguments[0]) if len(arguments) == 1 else ""
            if model and self.is_model(model):
                return QueryExpression(
                    model, arguments[0], call.node, "sqlalchemy", rows=call.last == "select"
                )
        if call.function.type != "attribute":
            return None
        if call.last in _RUNS and arguments:
            found = self.read(arguments[0], scope, before, hops + 1)
            if found is not None and found.framework == "sqlalchemy":
                return replace(found, rows="scalars" not in call.last)
        found = self.read(call.function.child_by_field_name("object"), scope, before, hops + 1)
        if found is None:
            return None
        if call.last == "scalars" and found.framework == "sqlalchemy":
            return replace(found, rows=False)
        if call.last in ("select_related", "prefetch_related"):
            return replace(found, loaded=found.loaded | self._named(call))
        if call.last == "options":
            return replace(found, loaded=found.loaded | self._options(call))
        return found if call.last in _SAME else None

    def _named(self, call: Call) -> frozenset[str]:
        """What select_related and prefetch_related name."""
        found = set()
        for one in call.arguments:
            text = self.tree.string(one)
            if text is None and one.type == "call":
                inner = self._calls.get(one.id)
                text = self.tree.string(inner.argument(0, "lookup")) if inner is not None else None
            found.add(text.partition("__")[0] if text is not None else EVERYTHING)
        return frozenset(found or (EVERYTHING,))

    def _options(self, call: Call) -> frozenset[str]:
        found = set()
        for one in call.arguments:
            match = _LOADERS.match(re.sub(r"^(?:\w+\.)+(?=\w+\()", "", self.tree.text(one)))
            found.add((match[2] or match[3]) if match is not None else EVERYTHING)
        return frozenset(found)

    def _variable(self, name: str, scope: Scope, before: int, hops: int) -> QueryExpression | None:
        """What a local name holds: every assignment before must be the query, or go on from it."""
        function = scope
        while function.kind == COMPREHENSION and function.parent is not None:
            function = function.parent
        if name not in function.bound or function.kind == "class":
            return None
        found: QueryExpression | None = None
        for node in self._assignments(name, function):
            if node.start_byte >= before:
                break
            right = node.child_by_field_name("right")
            if node.type != "assignment" or right is None:
                return None
            grows = (
                found is not None and re.search(rf"\b{re.escape(name)}\b", self.tree.text(right)) is not None
            )
            read = self.read(right, function, node.start_byte, hops + 1)
            if read is None:
                return None
            if found is not None and not grows and read.model != found.model:
                return None
            if found is not None and not grows:
                read = replace(read, loaded=read.loaded | found.loaded)
            found = read
        return found

    def _assignments(self, name: str, function: Scope) -> Iterator[Node]:
        for node in self.tree.nodes(
            "assignment", "augmented_assignment", "for_statement", within=function.node
        ):
            left = node.child_by_field_name("left")
            if left is None:
                continue
            if left.type == "identifier":
                if self.tree.text(left) == name and self.tree.scope_of(node) is function:
                    yield node
            elif re.search(rf"\b{re.escape(name)}\b", self.tree.text(left)) and left.type.endswith("list"):
                yield left
