"""One definition by itself: its node, its parameters, its text; read from the lines where it stands.

Only those lines are parsed, so that a file that is unfinished elsewhere can still be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from canonry.edits.binding import names_of
from canonry.edits.names import Names
from canonry.edits.text import Lines
from canonry.edits.tree import Tree, dotted, parse_text
from canonry.model import Parameter, ParameterKind, Signature, Symbol

_PRINTER = cst.Module([])


@dataclass(frozen=True, slots=True)
class Definition:
    """A parsed definition."""

    name: str
    node: cst.FunctionDef | cst.ClassDef
    tree: Tree
    """The tree of its lines alone."""
    names: Names

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return isinstance(self.node, cst.ClassDef)

    @property
    def decorators(self) -> tuple[str, ...]:
        """The decorators' texts, without the `@`."""
        return tuple(code_of(one.decorator) for one in self.node.decorators)

    @property
    def callable(self) -> cst.FunctionDef | None:
        """The function that a call runs: itself, or the class's own `__init__` or `__new__`."""
        if isinstance(self.node, cst.FunctionDef):
            return self.node
        methods = {one.name.value: one for one in methods_of(self.node)}
        return methods.get("__init__") or methods.get("__new__")

    @property
    def signature(self) -> Signature | None:
        """The parameters of a call; None where they come from base classes or decorators."""
        found = self.callable
        if isinstance(self.node, cst.FunctionDef) and found is not None:
            return signature_of(found)
        if isinstance(self.node, cst.ClassDef):
            if found is not None:
                whole = signature_of(found)
                return replace(whole, parameters=whole.parameters[1:], returns=None)
            return _field_signature(self.node, self.decorators)
        return None


def read_definition(text: str, symbol: Symbol) -> Definition | None:
    """The definition that a symbol's range holds; None where there is no such definition in `text`."""
    lines = Lines(text)
    try:
        start, end = lines.offset(symbol.range.start), lines.offset(symbol.range.end)
    except ValueError:
        return None
    first = lines.starts[lines.line_of(start)]
    source = text[first:end].removeprefix("\ufeff")
    if source[:1] in (" ", "\t", "\f"):
        source = "if True:\n" + source
    tree = parse_text(source + "\n")
    if not isinstance(tree, Tree) or not tree.module.body:
        return None
    node: cst.CSTNode = tree.module.body[0]
    if isinstance(node, cst.If):
        node = node.body.body[0]
    if not isinstance(node, (cst.FunctionDef, cst.ClassDef)) or node.name.value != symbol.name:
        return None
    return Definition(symbol.name, node, tree, names_of(tree))


def code_of(node: cst.CSTNode) -> str:
    """A node as text, with the parentheses around it."""
    return _PRINTER.code_for_node(node).strip()


def signature_of(node: cst.FunctionDef) -> Signature:
    """The parameters of a function as they are written, `self` included."""
    params = node.params
    groups = (
        (params.posonly_params, ParameterKind.POSITIONAL_ONLY),
        (params.params, ParameterKind.POSITIONAL_OR_KEYWORD),
        ((params.star_arg,), ParameterKind.VAR_POSITIONAL),
        (params.kwonly_params, ParameterKind.KEYWORD_ONLY),
        ((params.star_kwarg,), ParameterKind.VAR_KEYWORD),
    )
    return Signature(
        tuple(
            Parameter(
                one.name.value,
                kind,
                code_of(one.annotation.annotation) if one.annotation else None,
                code_of(one.default) if one.default else None,
            )
            for members, kind in groups
            for one in members
            if isinstance(one, cst.Param)
        ),
        code_of(node.returns.annotation) if node.returns else None,
        node.asynchronous is not None,
    )


def statements(body: cst.BaseSuite | cst.Module) -> Iterator[cst.CSTNode]:
    """The statements of a body, those that share a line one by one."""
    for one in body.body:
        if isinstance(one, cst.SimpleStatementLine):
            yield from one.body
        else:
            yield one


def methods_of(node: cst.ClassDef) -> Iterator[cst.FunctionDef]:
    """The functions that a class body defines directly."""
    for one in statements(node.body):
        if isinstance(one, cst.FunctionDef):
            yield one


def parameters_of(node: cst.FunctionDef) -> Iterator[cst.Param]:
    """The parameters of a function in their order."""
    params = node.params
    for one in (
        *params.posonly_params,
        *params.params,
        params.star_arg,
        *params.kwonly_params,
        params.star_kwarg,
    ):
        if isinstance(one, cst.Param):
            yield one


def assigned(node: cst.CSTNode) -> list[cst.BaseExpression]:
    """The targets of an assignment; none for any other node."""
    if isinstance(node, cst.Assign):
        return [one.target for one in node.targets]
    return [node.target] if isinstance(node, (cst.AnnAssign, cst.AugAssign)) else []


def is_docstring(node: cst.CSTNode) -> bool:
    """Whether a statement is a string alone."""
    return isinstance(node, cst.Expr) and isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString))


def _field_signature(node: cst.ClassDef, decorators: tuple[str, ...]) -> Signature | None:
    """The constructor of a plain dataclass or named tuple, and of a class without any."""
    bases = [dotted(one.value).rpartition(".")[2] for one in node.bases]
    plain = [one.rpartition(".")[2] for one in decorators]
    if node.keywords or bases not in ([], ["object"], ["NamedTuple"]):
        return None
    if not plain and bases != ["NamedTuple"]:
        return Signature()
    if plain not in ([], ["dataclass"], ["dataclass()"], ["dataclass(frozen=True)"]):
        return None
    parameters: list[Parameter] = []
    for one in statements(node.body):
        if not isinstance(one, cst.AnnAssign) or not isinstance(one.target, cst.Name):
            continue
        annotation = code_of(one.annotation.annotation)
        if "ClassVar" in annotation or "InitVar" in annotation or "KW_ONLY" in annotation:
            return None
        if isinstance(one.value, cst.Call):
            return None
        default = code_of(one.value) if one.value else None
        parameters.append(Parameter(one.target.value, annotation=annotation, default=default))
    return Signature(tuple(parameters))
