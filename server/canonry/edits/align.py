"""Whether two functions are the same but for the names inside them, and which names then correspond.

That settles which parameter of one is which of the other where neither names nor positions tell:
`def shift(by, start)` against `def move(origin, distance)`. Where only constants differ, it tells which.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import libcst as cst

from canonry.edits.definitions import assigned, code_of, is_docstring, statements
from canonry.edits.names import Names, Scope
from canonry.edits.tree import children, dotted

_Local = tuple[int, str]
"""A name in the scope that binds it."""


def corresponding_names(
    new: cst.FunctionDef, new_names: Names, target: cst.FunctionDef, target_names: Names
) -> dict[str, str] | None:
    """The parameters and locals of `new` with those of `target` in their places.

    None where the two bodies differ in anything but the names of their own variables. Docstrings,
    comments, layout and annotations are no difference, and neither is a call of the function by itself.
    """
    one, other = _Reading(new, new_names), _Reading(target, target_names)
    there: dict[_Local, _Local] = {}
    back: dict[_Local, _Local] = {}
    left, right = list(one.body()), list(other.body())
    if len(left) != len(right) or not left:
        return None
    for mine, theirs in zip(left, right, strict=True):
        if isinstance(mine, _Variable) and isinstance(theirs, _Variable):
            if there.setdefault(mine.key, theirs.key) != theirs.key:
                return None
            if back.setdefault(theirs.key, mine.key) != mine.key:
                return None
        elif mine != theirs:
            return None
    return {name: there[scope, name][1] for scope, name in there if scope == id(new)}


def differing_constants(
    new: cst.FunctionDef, new_names: Names, target: cst.FunctionDef, target_names: Names
) -> list[tuple[str, str]] | None:
    """Constants and operators in which two bodies differ that are the same in all else, as code.

    None where more differs. The words of messages, raised or logged, are no difference.
    """
    left = list(_Reading(new, new_names, ignore_words=True).body())
    right = list(_Reading(target, target_names, ignore_words=True).body())
    found: list[tuple[str, str]] = []
    there: dict[_Local, _Local] = {}
    back: dict[_Local, _Local] = {}
    if len(left) != len(right):
        return None
    for mine, theirs in zip(left, right, strict=True):
        if isinstance(mine, _Variable) and isinstance(theirs, _Variable):
            if there.setdefault(mine.key, theirs.key) != theirs.key:
                return None
            if back.setdefault(theirs.key, mine.key) != mine.key:
                return None
        elif mine != theirs:
            pair = _constant(mine), _constant(theirs)
            if not all(pair):
                return None
            if pair not in found:
                found.append(pair)
    return found


def names_in_one_only(
    new: cst.FunctionDef, new_names: Names, target: cst.FunctionDef, target_names: Names
) -> tuple[list[str], list[str]]:
    """The dotted names from around it, and the attributes, that one body alone reads: first of `new`."""
    mine, theirs = _read(new, new_names), _read(target, target_names)
    return [one for one in mine if one not in theirs], [one for one in theirs if one not in mine]


def _read(function: cst.FunctionDef, names: Names) -> dict[str, None]:
    found: dict[str, None] = {}
    chain: list[str] = []
    for row in _Reading(function, names).body():
        match row:
            case ("attribute", str(name)):
                chain.insert(0, name)
                continue
            case ("free", "None" | "True" | "False"):
                pass
            case ("free", str(name)):
                found[".".join([name, *chain])] = None
            case _ if chain:
                found[".".join(chain)] = None
        chain = []
    return found


_OPERATORS = (cst.BaseBinaryOp, cst.BaseBooleanOp, cst.BaseCompOp, cst.BaseUnaryOp, cst.BaseAugOp)


def _constant(row: Hashable) -> str:
    """A constant or operator of a row as code; "" for anything else."""
    match row:
        case ("Integer" | "Float", value):
            return str(value)
        case ("FormattedStringText" | "string", value):
            return repr(value)
        case ("free", "True" | "False" | "None" as value):
            return str(value)
        case (str(kind),):
            operator = getattr(cst, kind, None)
            if isinstance(operator, type) and issubclass(operator, _OPERATORS):
                return code_of(operator())
    return ""


class _Variable:
    __slots__ = ("key",)

    def __init__(self, key: _Local) -> None:
        self.key = key


class _Reading:
    """A function body as a flat row of tokens, own variables marked."""

    def __init__(self, function: cst.FunctionDef, names: Names, ignore_words: bool = False) -> None:
        self.function = function
        self.ignore_words = ignore_words
        self.in_message = False
        self.scopes: dict[cst.CSTNode, Scope] = {}
        inside = {id(function)}
        for uses in names.uses.values():
            for use in uses:
                found = names.resolve(use.scope, use.name)
                if found is not None:
                    self.scopes[use.node] = found
        for scope in names.scopes:
            for bindings in scope.bindings.values():
                for binding in bindings:
                    self.scopes[binding.node] = scope
            at: Scope | None = scope
            while at is not None:
                if at.node is function:
                    inside.add(id(scope.node))
                at = at.parent
        self.inside = inside
        self.captured = {
            use.name
            for uses in names.uses.values()
            for use in uses
            if use.scope.node is not function
            and (outer := self.scopes.get(use.node)) is not None
            and outer.node is function
        }
        """Variables that functions inside of it read."""

    def body(self) -> Iterator[Hashable]:
        yield from self._block(self.function.body)

    def _block(self, block: cst.BaseSuite) -> Iterator[Hashable]:
        yield "block"
        todo = [one for one in statements(block) if not is_docstring(one) and not isinstance(one, cst.Pass)]
        while todo:
            statement = todo.pop(0)
            if todo and (value := self._returned_next(statement, todo[0])) is not None:
                statement = cst.Return(value)
                todo.pop(0)
            yield from self._node(statement)
        yield "end"

    def _returned_next(self, statement: cst.CSTNode, after: cst.CSTNode) -> cst.BaseExpression | None:
        """The value that a variable of the function gets only to be returned: `x = f(); return x`."""
        targets = assigned(statement)
        if not (
            isinstance(statement, (cst.Assign, cst.AnnAssign))
            and isinstance(after, cst.Return)
            and isinstance(after.value, cst.Name)
            and len(targets) == 1
            and isinstance(targets[0], cst.Name)
            and targets[0].value == after.value.value
        ):
            return None
        scope = self.scopes.get(after.value)
        if scope is None or scope.node is not self.function or targets[0].value in self.captured:
            return None
        return statement.value

    def _node(self, node: cst.CSTNode) -> Iterator[Hashable]:
        if self.ignore_words and not self.in_message and _tells(node):
            self.in_message = True
            yield from self._node(node)
            self.in_message = False
        elif self.in_message and isinstance(node, cst.BaseString):
            yield ("words",)
        elif isinstance(node, cst.BaseSuite):
            yield from self._block(node)
        elif isinstance(node, cst.Name):
            yield self._name(node, node.value)
        elif isinstance(node, cst.Attribute):
            yield "attribute", node.attr.value
            yield from self._node(node.value)
        elif isinstance(node, cst.Arg):
            yield "argument", node.star, node.keyword.value if node.keyword else ""
            yield from self._node(node.value)
        elif isinstance(node, cst.Param):
            yield "parameter", str(node.star), node.default is not None
            yield self._name(node.name, node.name.value)
            if node.default is not None:
                yield from self._node(node.default)
        elif isinstance(node, cst.AnnAssign):
            if node.value is not None:
                yield ("Assign",)
                yield from self._node(node.target)
                yield from self._node(node.value)
        elif isinstance(node, cst.Assign):
            yield ("Assign",) * len(node.targets)
            for target in node.targets:
                yield from self._node(target.target)
            yield from self._node(node.value)
        elif isinstance(node, (cst.SimpleString, cst.ConcatenatedString)) and isinstance(
            value := node.evaluated_value, (str, bytes)
        ):
            yield "string", value
        elif isinstance(node, cst.FormattedStringExpression) and node.equal is not None:
            yield "shown", code_of(node.expression)
        elif isinstance(node, cst.ImportAlias):
            name = node.evaluated_name
            yield "import", name
            if node in self.scopes:
                yield self._name(node, node.evaluated_alias or name.partition(".")[0])
        else:
            parts = [
                one for one in children(node) if not isinstance(one, (cst.Annotation, cst.TypeParameters))
            ]
            yield type(node).__name__, *_plain_values(node), *_shape(node, parts)
            for part in parts:
                yield from self._node(part)

    def _name(self, node: cst.CSTNode, name: str) -> Hashable:
        scope = self.scopes.get(node)
        if scope is not None and id(scope.node) in self.inside:
            return _Variable((id(scope.node), name))
        return ("itself",) if name == self.function.name.value else ("free", name)


_TELLING = frozenset(
    ("debug", "info", "warn", "warning", "error", "exception", "critical", "log", "print", "echo")
)


def _tells(node: cst.CSTNode) -> bool:
    """Whether the strings of a statement are there for people: it raises, logs or prints."""
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
        return dotted(node.value.func).rpartition(".")[2] in _TELLING
    return isinstance(node, cst.Raise)


_VALUE_FIELDS = ("value", "conversion", "star", "level")


def _shape(node: cst.CSTNode, parts: Sequence[cst.CSTNode]) -> tuple[int, ...]:
    """How many parts a node has, else `f(a, g(b), c)` would read as `f(a, g(b, c))`; of a slice, which."""
    if isinstance(node, cst.Slice):
        return tuple(int(one is not None) for one in (node.lower, node.upper, node.step))
    return (len(parts),) if parts else ()


def _plain_values(node: cst.CSTNode) -> tuple[str, ...]:
    values = (getattr(node, name, None) for name in _VALUE_FIELDS)
    return tuple(one for one in values if isinstance(one, str))
