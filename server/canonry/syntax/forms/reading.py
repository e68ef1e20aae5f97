"""Example code -> a form: what of it has to be there, and what is a hole that anything fills.

Names that an example binds, and plain lower-case names that it passes on as values, are holes: `url` in
`requests.get(url)`. Names that are called or whose attributes are read, constants, capitalised names,
builtins and what the example imports are meant as they stand. `...` stands for anything, also for nothing
where there may be several.
"""

from __future__ import annotations

import builtins
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tree_sitter import Node

from canonry.syntax.facts import Import
from canonry.syntax.module import parse_tree
from canonry.syntax.tree import ModuleTree

IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
STANDS_FOR_OBJECT = "_it"
"""The name put before an example that begins with a dot."""

_PLACEHOLDER = re.compile(r"<([A-Za-z][\w \-]*)>")
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. )", re.MULTILINE)
_KEYWORD = re.compile(r"\*{0,2}[^\W\d]\w*=[^=\s]")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_BUILTINS = frozenset(dir(builtins)) | {"self", "cls", "super"}
_CONSTANTS = ("none", "true", "false")
_TELLING_WORDS = ("except", "global", "nonlocal")
"""Keywords that are rare enough to be looked for by themselves."""
_PASSED = frozenset(
    (
        "argument_list",
        "binary_operator",
        "boolean_operator",
        "comparison_operator",
        "conditional_expression",
        "dictionary_splat",
        "expression_list",
        "format_expression",
        "interpolation",
        "list",
        "list_splat",
        "not_operator",
        "pair",
        "parenthesized_expression",
        "return_statement",
        "set",
        "tuple",
        "unary_operator",
    )
)
"""What holds a name as a value that is passed on."""


@dataclass(frozen=True, eq=False)
class Form:
    """Example code that can be found in modules."""

    tree: ModuleTree
    """Of the whole example, with whatever makes it complete."""
    nodes: tuple[Node, ...]
    """An expression or a part of a statement; or statements that follow each other."""
    holes: frozenset[str]
    anchor: str
    """A name or word without which nothing can be a place of this form."""
    is_async: bool = False
    """Found in async functions only."""
    imports: tuple[Import, ...] = ()
    """The names that are imported, where the form is import statements alone."""

    @property
    def text(self) -> str:
        """The source of the form."""
        data = self.tree.data[self.nodes[0].start_byte : self.nodes[-1].end_byte].decode("utf-8", "replace")
        return _dedented(data, self.nodes[0].start_point[1]).removeprefix(STANDS_FOR_OBJECT)

    @property
    def named(self) -> str:
        """The dotted name that the form names or calls with nothing in particular; "" for any other form."""
        node = self.nodes[0]
        if len(self.nodes) > 1 or self.imports:
            return ""
        if node.type == "await":
            node = node.named_children[0]
        if node.type == "call":
            arguments = node.child_by_field_name("arguments")
            if arguments is None or arguments.type != "argument_list":
                return ""
            given = [one for one in arguments.named_children if one.type not in ("comment", "ellipsis")]
            if any(one.type != "identifier" or self.tree.text(one) not in self.holes for one in given):
                return ""
            node = node.children[0]
        chain = dotted_text(node, self.tree)
        if not chain or chain.partition(".")[0] in self.holes:
            return ""
        return self._outside(node) or chain

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name in it that is no hole."""
        leaves = (leaf for node in self.nodes for leaf in _leaves(node))
        return frozenset(self.tree.text(one) for one in leaves if one.type == "identifier") - self.holes

    @cached_property
    def bound(self) -> frozenset[str]:
        """Names that the example binds itself, otherwise than by an import."""
        return _bound(self.tree)

    def leaves(self, node: Node) -> Iterator[Node]:
        """The tokens of a node in order; a text without expressions in it is one."""
        yield from _leaves(node)

    @cached_property
    def called(self) -> tuple[str, ...]:
        """The dotted names of what it calls, or of what it is; outermost first."""
        found: list[str] = []
        for node in self.nodes:
            called = [one.function for one in self.tree.calls_within(node)]
            for function in called or [node]:
                chain = dotted_text(function, self.tree)
                if chain and chain.partition(".")[0] not in self.holes:
                    found.append(self._outside(function) or chain)
        return tuple(dict.fromkeys(found))

    def _outside(self, node: Node) -> str:
        """What a name stands for that the example imports; "" for any other."""
        resolved = self.tree.resolve(node)
        return resolved if not resolved.startswith(("__main__.", "builtins.")) else ""


@dataclass(frozen=True)
class Pair:
    """A form, and what is to stand in its place."""

    wrong: Form
    correct: Form | None = None
    replaces: bool = False
    """Whether the correct form can stand where the wrong one stood, as it is."""


def read_form(code: str) -> Form | str:
    """The form of an example; where there is none, why, in a few words."""
    found = _read(code)
    return found if isinstance(found, str) else _finished(found)


def read_pair(wrong: str, correct: str | None) -> Pair | str:
    """The form of an example and that of its counterpart; of both only what is different.

    A string says why the wrong example cannot be used; a correct one that cannot is left out.
    """
    one = _read(wrong)
    if isinstance(one, str):
        return one
    other = _read(correct) if correct is not None else None
    if other is None or isinstance(other, str):
        made = _finished(_unwrapped(one))
        return made if isinstance(made, str) else Pair(made)
    one, other = _different(one, other)
    if all(any(_same(one, node, other, right) for right in other.nodes) for node in one.nodes):
        return "all of it stands in the correct form too"
    made, counterpart = _finished(one), _finished(other, anchored=False)
    if isinstance(counterpart, Form) and isinstance(made, Form) and _alike(made, counterpart):
        # They differ in names alone, so the names are what is meant.
        made = _finished(one, literal=True)
        counterpart = _finished(other, literal=True, anchored=False)
    if isinstance(made, str):
        return made
    if isinstance(counterpart, str):
        return Pair(made)
    return Pair(made, counterpart, _goes_in_place(made, counterpart))


def dotted_text(node: Node, tree: ModuleTree) -> str:
    """A name or chain of attributes as it is written; "" for anything else."""
    names: list[str] = []
    while node.type == "attribute":
        held, last = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if held is None or last is None:
            return ""
        names.append(tree.text(last))
        node = held
    return ".".join((tree.text(node), *reversed(names))) if node.type == "identifier" else ""


# Reading


@dataclass(frozen=True)
class _Example:
    tree: ModuleTree
    nodes: tuple[Node, ...]
    is_async: bool = False


def _read(code: str) -> _Example | str:
    text = textwrap.dedent(code.expandtabs(4)).strip("\n").rstrip().replace("…", "...")
    if ">>> " in text:
        text = _PROMPT.sub("", text)
    if not text.strip():
        return "it is empty"
    text = text.strip() if "\n" not in text else text
    for attempt in (text, _PLACEHOLDER.sub(lambda found: re.sub(r"\W", "_", found[1]).lower(), text)):
        for whole, kind in _completed(attempt):
            tree = parse_tree(whole)
            if not tree.broken:
                nodes = _meant(tree, kind)
                return _Example(tree, nodes) if nodes else "it has no code in it"
    return "it is no Python that can be read"


def _completed(text: str) -> Iterator[tuple[str, str]]:
    """Texts that may parse, each with the kind of node in it that is meant ("" for all statements)."""
    if "\n" not in text and _KEYWORD.match(text):
        yield f"{STANDS_FOR_OBJECT}({text})", "keyword_argument"
    yield text, ""
    if text.startswith("@"):
        yield f"{text}\ndef {STANDS_FOR_OBJECT}():\n    ...", "decorator"
    if text.startswith(("except", "finally")):
        body = "\n    ..." if text.endswith(":") else ""
        kind = "except_clause" if text.startswith("except") else "finally_clause"
        yield f"try:\n    ...\n{text}{body}", kind
    if text.endswith(":"):
        indent = len(text.splitlines()[-1]) - len(text.splitlines()[-1].lstrip()) + 4
        yield f"{text}\n{' ' * indent}...", ""
    if text.startswith("."):
        yield f"{STANDS_FOR_OBJECT}{text}", ""


def _meant(tree: ModuleTree, kind: str) -> tuple[Node, ...]:
    statements = [one for one in tree.statements if one.type != "comment"]
    if not kind:
        return tuple(statements)
    todo = statements
    while todo:
        node = todo.pop(0)
        if node.type == kind:
            return (node,)
        todo.extend(node.children)
    return ()


def _statements(nodes: Sequence[Node]) -> list[Node]:
    return [one for one in nodes if one.type != "comment"]


def _body(node: Node) -> list[Node]:
    held = node.child_by_field_name("body")
    found = _statements(held.named_children) if held is not None else []
    if len(found) > 1 and _is_text(found[0]):
        found = found[1:]
    return found


def _is_text(node: Node) -> bool:
    return node.type == "expression_statement" and node.children[0].type == "string"


def _plain(example: _Example) -> _Example:
    """The example without imports beside other code, and without the expression's statement around it."""
    nodes = example.nodes
    code = tuple(one for one in nodes if one.type not in IMPORTS and not _is_text(one))
    nodes = code or nodes
    if len(nodes) == 1 and nodes[0].type == "expression_statement" and nodes[0].named_child_count == 1:
        nodes = (nodes[0].named_children[0],)
    return replace(example, nodes=nodes)


def _into_body(example: _Example) -> _Example | None:
    """What is in the one function or class that an example is."""
    node = example.nodes[0]
    if node.type == "decorated_definition":
        node = node.child_by_field_name("definition") or node
    if len(example.nodes) != 1 or node.type not in ("function_definition", "class_definition"):
        return None
    body = _body(node)
    if not body or all(_is_anything(one) for one in body):
        return None
    is_async = example.is_async or node.children[0].type == "async"
    return _plain(_Example(example.tree, tuple(body), is_async))


def _is_anything(node: Node) -> bool:
    if node.type == "expression_statement" and node.named_child_count == 1:
        node = node.named_children[0]
    return node.type == "ellipsis"


def _unwrapped(example: _Example) -> _Example:
    """The essence of an example that stands alone: a function's body, the value of one assignment."""
    example = _plain(example)
    inner = _into_body(example)
    while inner is not None:
        example, inner = inner, _into_body(inner)
    node = example.nodes[0]
    if len(example.nodes) == 1 and node.type == "assignment":
        left, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        called = value.named_children[0] if value is not None and value.type == "await" else value
        if left is not None and value is not None and called is not None:
            plain = left.type == "identifier" and _PLAIN.fullmatch(example.tree.text(left))
            if plain and called.type == "call":
                return replace(example, nodes=(value,))
    return example


def _different(one: _Example, other: _Example) -> tuple[_Example, _Example]:
    """What is different in two examples: equal statements around it are left out, equal code entered."""
    one, other = _trimmed(_plain(one), _plain(other))
    inner = _into_body(one), _into_body(other)
    while inner[0] is not None and inner[1] is not None:
        one, other = _trimmed(inner[0], inner[1])
        inner = _into_body(one), _into_body(other)
    if inner[0] is not None and other.nodes[0].type not in ("function_definition", "decorated_definition"):
        return _unwrapped(one), other
    if len(one.nodes) == len(other.nodes) == 1:
        calls = _different_call(one, one.nodes[0], other, other.nodes[0])
        if calls is not None:
            return replace(one, nodes=(calls[0],)), replace(other, nodes=(calls[1],))
    return one, other


def _different_call(one: _Example, first: Node, other: _Example, second: Node) -> tuple[Node, Node] | None:
    """The innermost calls in two nodes outside of which nothing is different; None where there are none."""
    inner = None
    if first.type == second.type and len(first.children) == len(second.children):
        apart = [
            pair
            for pair in zip(first.children, second.children, strict=True)
            if not _same(one, pair[0], other, pair[1])
        ]
        inner = _different_call(one, apart[0][0], other, apart[0][1]) if len(apart) == 1 else None
    if inner is not None:
        return inner
    return (first, second) if first.type in ("call", "await") and second.type in _VALUES else None


def _trimmed(one: _Example, other: _Example) -> tuple[_Example, _Example]:
    first, second = list(one.nodes), list(other.nodes)
    if len(first) == len(second) == 1:
        return one, other
    while len(first) > 1 and len(second) > 1 and _same(one, first[0], other, second[0]):
        del first[0], second[0]
    while len(first) > 1 and len(second) > 1 and _same(one, first[-1], other, second[-1]):
        del first[-1], second[-1]
    return _plain(replace(one, nodes=tuple(first))), _plain(replace(other, nodes=tuple(second)))


def _same(one: _Example, node: Node, other: _Example, second: Node) -> bool:
    return "".join(one.tree.text(node).split()) == "".join(other.tree.text(second).split())


# Holes and anchors


def _finished(example: _Example, literal: bool = False, anchored: bool = True) -> Form | str:
    example = _plain(example)
    tree, nodes = example.tree, example.nodes
    if all(one.type in IMPORTS for one in nodes):
        names = tuple(name for one in tree.import_statements for name in one.names)
        last = names[0].name or names[0].module if names else ""
        anchor = (names[0].module if last == "*" else last).rpartition(".")[2]
        return Form(tree, nodes, frozenset(), anchor, imports=names) if names else "it imports nothing"
    leaves = [leaf for node in nodes for leaf in _leaves(node)]
    holes = frozenset() if literal else _holes(tree, leaves)
    anchor = _anchor(tree, nodes, leaves, holes)
    if not anchor and holes and anchored:
        holes = frozenset()
        anchor = _anchor(tree, nodes, leaves, holes)
    if not anchor and anchored:
        return "it has no name in it by which it could be found"
    return Form(tree, nodes, holes, anchor, example.is_async)


def _leaves(node: Node) -> Iterator[Node]:
    if (
        node.type == "string" and not any(one.type == "interpolation" for one in node.children)
    ) or not node.children:
        yield node
    else:
        for one in node.children:
            yield from _leaves(one)


def _holes(tree: ModuleTree, leaves: Sequence[Node]) -> frozenset[str]:
    imported = {one.alias for one in tree.facts.imports}
    bound = {name for name in _bound(tree) if not name.isupper()}
    found: set[str] = set()
    called: set[str] = set()
    for leaf in leaves:
        name = tree.text(leaf)
        if leaf.type != "identifier" or name in imported or name in _BUILTINS:
            continue
        above = leaf.parent
        if above is None or (above.type == "attribute" and above.child_by_field_name("attribute") == leaf):
            continue
        if above.type == "keyword_argument" and above.child_by_field_name("name") == leaf:
            continue
        if name in bound:
            found.add(name)
        elif above.type in ("call", "attribute", "decorator"):
            called.add(name)
        elif _PLAIN.fullmatch(name) and not name.startswith("__") and _is_passed(leaf, above):
            found.add(name)
    return frozenset((found - called) | {STANDS_FOR_OBJECT})


def _bound(tree: ModuleTree) -> frozenset[str]:
    imported = {one.alias for one in tree.facts.imports}
    return frozenset(name for scope in tree.scopes.all() for name in scope.bound if name not in imported)


def _is_passed(leaf: Node, above: Node) -> bool:
    """Whether a name stands where a value is passed on."""
    if above.type in _PASSED:
        return True
    if above.type in ("keyword_argument", "default_parameter"):
        return above.child_by_field_name("value") == leaf
    if above.type in ("assignment", "augmented_assignment", "for_statement", "for_in_clause"):
        return above.child_by_field_name("right") == leaf
    return above.type == "subscript" and above.child_by_field_name("value") != leaf


def _anchor(tree: ModuleTree, nodes: Sequence[Node], leaves: Sequence[Node], holes: frozenset[str]) -> str:
    """The longest name that must stand in any place of the form; heads of chains only if nothing else is."""
    last: list[str] = []
    heads: list[str] = []
    for leaf in leaves:
        name = tree.text(leaf)
        if leaf.type != "identifier" or name in holes:
            continue
        above = leaf.parent
        is_head = (
            above is not None and above.type == "attribute" and above.child_by_field_name("attribute") != leaf
        )
        (heads if is_head else last).append(name)
    for some in (last, heads):
        if some:
            return max(some, key=len)
    if len(nodes) == 1 and nodes[0].type == "comparison_operator":
        constants = [tree.text(leaf) for leaf in leaves if leaf.type in _CONSTANTS]
        return constants[0] if constants else ""
    words = [leaf.type for leaf in leaves if leaf.type in _TELLING_WORDS]
    return words[0] if words else ""


def _alike(one: Form, other: Form) -> bool:
    """Whether two forms are the same with their holes taken for one another."""
    return _skeleton(one) == _skeleton(other)


def _skeleton(form: Form) -> list[str]:
    texts = [form.tree.text(leaf) for node in form.nodes for leaf in _leaves(node)]
    return ["\0" if text in form.holes else text for text in texts]


def _goes_in_place(wrong: Form, correct: Form) -> bool:
    """Whether all that the correct form needs is known from a place of the wrong one, and it fits there."""
    if bool(wrong.imports) != bool(correct.imports):
        return False
    leaves = [leaf for node in correct.nodes for leaf in _leaves(node)]
    if any(leaf.type == "ellipsis" for leaf in leaves):
        return False
    used = {correct.tree.text(leaf) for leaf in leaves if leaf.type == "identifier"}
    given = {wrong.tree.text(leaf) for node in wrong.nodes for leaf in _leaves(node)}
    if not (used & correct.holes) <= (given & wrong.holes):
        return False
    return is_expression(wrong) == is_expression(correct)


_VALUES = (
    "attribute",
    "await",
    "binary_operator",
    "call",
    "identifier",
    "list",
    "string",
    "subscript",
    "tuple",
)
"""What may stand in the place of a call."""
_PARTS = ("decorator", "except_clause", "finally_clause", "keyword_argument")


def is_expression(form: Form) -> bool:
    """Whether a form is an expression: not statements, nor a part of one."""
    node = form.nodes[0]
    if len(form.nodes) > 1 or node.type in _PARTS or node.type in IMPORTS:
        return False
    return not node.type.endswith(("_statement", "_definition")) and node.type not in (
        "assignment",
        "augmented_assignment",
    )


def _dedented(text: str, column: int) -> str:
    first, newline, rest = text.partition("\n")
    cut = " " * column
    return first + newline + "\n".join(line.removeprefix(cut) for line in rest.split("\n"))
