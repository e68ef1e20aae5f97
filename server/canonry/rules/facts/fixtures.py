"""The pytest fixtures of a workspace: where they stand, what they ask for, and what they do."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.rules.base import RuleContext
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import block_of, parameter_name

DECORATORS = frozenset(("pytest.fixture", "pytest_asyncio.fixture", "pytest.yield_fixture"))


class Fixture(msgspec.Struct, frozen=True, array_like=True):
    """One fixture at a module's top level."""

    name: str
    """The name that tests ask for."""
    function: str
    line: int
    column: int
    """Of the function's name."""
    start_line: int
    end_line: int
    """First and last line, decorators included."""
    options: str
    """The decorator's arguments but the name, `async` among them."""
    parameters: tuple[str, ...]
    meaning: str
    """A digest of the body: the same for bodies that do the same with the same things."""
    plain: bool
    """It calls nothing and reads no attribute: a value alone."""
    gives: str
    """The dotted name of the class of which it gives an instance; "" where that cannot be told."""


def _fixtures(tree: ModuleTree) -> Iterator[Fixture]:
    if b"fixture" not in tree.data:
        return
    for scope in tree.scopes.all():
        if scope.kind != FUNCTION or scope.parent is None or scope.parent.kind != "module":
            continue
        decorated = scope.node.parent
        if decorated is None or decorated.type != "decorated_definition":
            continue
        decorators = [one for one in decorated.named_children if one.type == "decorator"]
        if len(decorators) == 1:
            fixture = _fixture(scope, decorators[0], decorated, tree)
            if fixture is not None:
                yield fixture


FIXTURES = Extractor(
    "fixtures", 2, Fixture, _fixtures, key=lambda row: (f"name:{row.name}", f"does:{row.meaning}")
)


def _fixture(scope: Scope, decorator: Node, decorated: Node, tree: ModuleTree) -> Fixture | None:
    expression = decorator.named_children[0] if decorator.named_children else None
    call = expression if expression is not None and expression.type == "call" else None
    function = call.child_by_field_name("function") if call is not None else expression
    name_node = scope.node.child_by_field_name("name")
    if tree.resolve(function) not in DECORATORS or name_node is None:
        return None
    name, options = scope.name, ["async"] if scope.is_async else []
    arguments = call.child_by_field_name("arguments") if call is not None else None
    for one in arguments.named_children if arguments is not None else ():
        keyword = one.child_by_field_name("name") if one.type == "keyword_argument" else None
        if keyword is not None and tree.text(keyword) == "name":
            name = tree.string(one.child_by_field_name("value")) or name
        elif one.type != "comment":
            options.append("".join(tree.text(one).split()))
    parameters = scope.node.child_by_field_name("parameters")
    asked = tuple(
        sorted(
            tree.text(inner)
            for one in (parameters.named_children if parameters is not None else ())
            if (inner := parameter_name(one)) is not None
        )
    )
    meaning, plain = _meaning(scope, frozenset(asked), tree)
    at = tree.range(name_node).start
    return Fixture(
        name,
        scope.name,
        at.line,
        at.column,
        decorated.start_point[0],
        decorated.end_point[0],
        ",".join(sorted(options)),
        asked,
        meaning,
        plain,
        _gives(scope, tree),
    )


def _meaning(scope: Scope, asked: frozenset[str], tree: ModuleTree) -> tuple[str, bool]:
    """A digest of the body with names resolved and local ones numbered, and whether it is a plain value."""
    locals_: dict[str, str] = {}
    said: list[str] = []
    plain = True
    body = scope.node.child_by_field_name("body")
    stack = (
        [one for one in reversed(block_of(scope.node)) if not _is_docstring(one)] if body is not None else []
    )
    while stack:
        node = stack.pop()
        if node.type == "comment":
            continue
        if node.type == "call" and _is_bare_mock(node, tree):
            said.append(tree.resolve(node.child_by_field_name("function")))
            continue
        if node.type in ("call", "attribute", "await"):
            plain = False
        children = node.children
        if node.type == "string":
            value = tree.literal(node)
            if value is not None:
                said.append(repr(value))
                continue
        if children:
            said.append(node.type)
            stack.extend(reversed(children))
            continue
        text = tree.text(node)
        above = node.parent
        if node.type == "identifier" and above is not None:
            is_part = above.type == "attribute" and above.child_by_field_name("attribute") == node
            is_keyword = above.type == "keyword_argument" and above.child_by_field_name("name") == node
            if not is_part and not is_keyword and text not in asked:
                dotted = tree.lookup(text, tree.scopes.at(node.start_byte))
                text = dotted or locals_.setdefault(text, f"${len(locals_)}")
        said.append(text)
    return blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=12).hexdigest(), plain


def _is_bare_mock(call: Node, tree: ModuleTree) -> bool:
    """Whether a call makes a stand-in of which nothing is known: `MagicMock()`."""
    arguments, function = call.child_by_field_name("arguments"), call.child_by_field_name("function")
    if arguments is None or arguments.named_child_count:
        return False
    return tree.resolve(function).startswith("unittest.mock.")


def _is_docstring(node: Node) -> bool:
    return node.type == "expression_statement" and all(
        one.type in ("string", "concatenated_string", "comment") for one in node.named_children
    )


def _gives(scope: Scope, tree: ModuleTree) -> str:
    """The class of what is returned or yielded, where each of them is a call of the same class."""
    found: set[str] = set()
    for node in tree.nodes("return_statement", "yield", within=scope.node):
        if tree.scopes.at(node.start_byte) is not scope:
            continue
        value = node.named_children[0] if node.named_children else None
        if value is not None and value.type == "identifier":
            value = tree.assigned_value(tree.text(value), scope)
        found.add(tree.resolve(value.child_by_field_name("function")) if _is_call(value) and value else "")
    only = next(iter(found)) if len(found) == 1 else ""
    return only if only.rpartition(".")[2][:1].isupper() else ""


def _is_call(node: Node | None) -> bool:
    return node is not None and node.type == "call"


def visible(name: str, path: str, context: RuleContext) -> tuple[str, Fixture] | None:
    """The fixture that tests of a file get under a name, with its file: its own, else the nearest above."""
    rows = [one for one in context.rows(FIXTURES, f"name:{name}") if one[1].name == name]
    own = [one for one in rows if one[0] == path]
    if own:
        return own[-1]
    above = [one for one in rows if is_above(one[0], path)]
    return max(above, key=lambda one: one[0].count("/"), default=None)


def is_above(conftest: str, path: str) -> bool:
    """Whether a file is a conftest whose fixtures another file's tests can ask for."""
    folder, _, name = conftest.rpartition("/")
    return name == "conftest.py" and conftest != path and (not folder or path.startswith(folder + "/"))
