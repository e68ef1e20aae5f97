"""One call of the new definition as a call of the existing one."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass, field

import libcst as cst

from canonry.edits.definitions import code_of
from canonry.edits.pairing import POSITIONAL, Pairing, types_agree
from canonry.edits.text import Splice
from canonry.edits.tree import Tree, walk
from canonry.model import Parameter, ParameterKind


@dataclass(slots=True)
class Mapped:
    """How a call changes, and what may change with it."""

    splices: list[Splice] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unmappable:
    """Why a call cannot be mapped: a clause that fits behind "line 3 "."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Argument:
    node: cst.Arg
    new: Parameter
    target: Parameter
    keyword: str = ""
    """What it is called, where it fills the `**` parameter."""


def map_call(tree: Tree, call: cst.Call, pairing: Pairing, target: str) -> Mapped | Unmappable:
    """The edits that turn the arguments of a call into those of `target`.

    Arguments stay in their order, so that they are evaluated as before; only where positional-only
    parameters leave no other way are they moved, and only if they are names and constants. Defaults that
    the call relied on and that `target` has otherwise are passed on.
    """
    if any(one.star for one in call.args):
        fits = pairing.same_interface or (
            pairing.same_positions and all(one.star != "**" and one.keyword is None for one in call.args)
        )
        return Mapped() if fits else Unmappable(f"unpacks arguments, and {target} has other parameters")
    bound = _bind(call.args, pairing)
    if isinstance(bound, Unmappable):
        return bound
    mapped = Mapped()
    arguments: list[_Argument] = []
    for node, parameter in bound:
        pair = pairing.pairs.get(parameter.name)
        if pair is None:
            return Unmappable(f"passes {parameter.name!r}, and {target} has no such parameter")
        keyword = node.keyword.value if node.keyword else ""
        if pair.target.kind is ParameterKind.VAR_KEYWORD and any(
            one.name == keyword for one in pairing.target.parameters
        ):
            return Unmappable(f"passes {keyword!r}, which means something else to {target}")
        if not pair.sure:
            mapped.cautions.append(f"{parameter.name!r} is passed as {pair.target.name!r}")
        elif not types_agree(parameter, pair.target):
            mapped.cautions.append(
                f"{pair.target.name!r} is annotated {pair.target.annotation}, not {parameter.annotation}"
            )
        arguments.append(_Argument(node, parameter, pair.target, keyword))
    extra = _defaults(arguments, pairing, target, mapped)
    if isinstance(extra, Unmappable):
        return extra
    written = _Writer(tree, call, pairing).write(arguments, extra)
    if written is None:
        return Unmappable(f"passes arguments in an order that {target} does not take")
    mapped.splices.extend(written)
    return mapped


def _bind(given: Sequence[cst.Arg], pairing: Pairing) -> list[tuple[cst.Arg, Parameter]] | Unmappable:
    """Each argument with the parameter of the new definition that it fills, as Python binds them."""
    parameters = pairing.new.parameters
    positional = [one for one in parameters if one.kind in POSITIONAL]
    rest = {one.kind: one for one in parameters}
    by_name = {
        one.name: one
        for one in parameters
        if one.kind in (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
    }
    found: list[tuple[cst.Arg, Parameter]] = []
    filled: set[str] = set()
    for at, argument in enumerate(given):
        if argument.keyword is None:
            parameter = positional[at] if at < len(positional) else rest.get(ParameterKind.VAR_POSITIONAL)
        else:
            parameter = by_name.get(argument.keyword.value) or rest.get(ParameterKind.VAR_KEYWORD)
        if parameter is None or (parameter.name in filled and parameter.kind not in _VARIADIC):
            return Unmappable("passes arguments that the new definition itself does not take")
        filled.add(parameter.name)
        found.append((argument, parameter))
    return found


_VARIADIC = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


def _defaults(
    arguments: Sequence[_Argument], pairing: Pairing, target: str, mapped: Mapped
) -> list[str] | Unmappable:
    """What has to be passed besides, because the call relied on defaults of the new definition."""
    extra: list[str] = []
    filled = {one.target.name for one in arguments}
    passed = {one.new.name for one in arguments}
    of_target = {
        pair.target.name: one for one in pairing.new.parameters if (pair := pairing.pairs.get(one.name))
    }
    for one in pairing.new.parameters:
        if one.required and one.name not in passed:
            return Unmappable(f"leaves out {one.name!r}, which the new definition itself requires")
    for theirs in pairing.target.parameters:
        if theirs.name in filled or theirs.kind in _VARIADIC:
            continue
        mine = of_target.get(theirs.name)
        if mine is None:
            if theirs.required:
                return Unmappable(f"has nothing for {theirs.name!r}, which {target} requires")
        elif mine.default == theirs.default:
            if mine.default is not None and not _means_the_same_anywhere(mine.default):
                mapped.cautions.append(
                    f"the default {mine.default} of {theirs.name!r} is that of another module"
                )
        elif mine.default is not None:
            if not _is_constant(mine.default) or theirs.kind is ParameterKind.POSITIONAL_ONLY:
                if theirs.required:
                    return Unmappable(f"relies on the default of {mine.name!r}, and {target} has none")
                mapped.cautions.append(f"{theirs.name!r} is {theirs.default} by default, not {mine.default}")
            else:
                extra.append(f"{theirs.name}={mine.default}")
    return extra


def _is_constant(text: str) -> bool:
    node = cst.parse_expression(text)
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        node = node.expression
    return isinstance(node, (cst.Integer, cst.Float, cst.SimpleString)) or (
        isinstance(node, cst.Name) and node.value in ("None", "True", "False")
    )


def _means_the_same_anywhere(default: str) -> bool:
    """Whether a default is made of literals and builtins alone."""
    names = (one.value for one in walk(cst.parse_expression(default)) if isinstance(one, cst.Name))
    return all(name in _BUILTINS for name in names)


_BUILTINS = frozenset(dir(builtins))


class _Writer:
    """Writes the arguments of one call anew, with as few edits as that takes."""

    def __init__(self, tree: Tree, call: cst.Call, pairing: Pairing) -> None:
        self.tree = tree
        self.call = call
        self.positional = [one for one in pairing.target.parameters if one.kind in POSITIONAL]

    def write(self, arguments: Sequence[_Argument], extra: Sequence[str]) -> list[Splice] | None:
        """The edits; None where the arguments would have to be evaluated in another order."""
        forms = self._forms(arguments)
        if forms is None:
            return self._move(arguments, extra)
        splices: list[Splice] = []
        for argument, form in zip(arguments, forms, strict=True):
            splices.extend(self._rename(argument, form))
        if extra:
            splices.extend(self._append(", ".join(extra)))
        return splices

    def _forms(self, arguments: Sequence[_Argument]) -> list[str] | None:
        """The keyword of each argument, "" for those by position; None where this order cannot be."""
        forms: list[str] = []
        place = 0
        for one in arguments:
            kind = one.target.kind
            fits = not any(forms) and (
                (place < len(self.positional) and self.positional[place] is one.target)
                or (kind is ParameterKind.VAR_POSITIONAL and place >= len(self.positional))
            )
            named = kind in (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
            if fits and (one.node.keyword is None or not named):
                forms.append("")
                place += 1
            elif named:
                forms.append(one.target.name)
            elif kind is ParameterKind.VAR_KEYWORD:
                forms.append(one.keyword)
            else:
                return None
        return forms

    def _rename(self, argument: _Argument, form: str) -> list[Splice]:
        value, _ = self._whole(argument.node.value)
        if argument.node.keyword is not None:
            start, end = self.tree.span(argument.node.keyword)
            return [Splice(start, end, form)] if form else [Splice(start, value, "")]
        if not form:
            return []
        if self._is_bare(argument.node.value):
            _, end = self._whole(argument.node.value)
            return [Splice(value, value, f"{form}=("), Splice(end, end, ")")]
        return [Splice(value, value, f"{form}=")]

    def _append(self, text: str) -> list[Splice]:
        if not self.call.args:
            _, end = self.tree.span(self.call)
            return [Splice(end - 1, end - 1, text)]
        last = self.call.args[-1]
        start, end = self._whole(last.value)
        if len(self.call.args) == 1 and isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
            return [Splice(start, start, "("), Splice(end, end, f"), {text}")]
        return [Splice(end, end, f", {text}")]

    def _move(self, arguments: Sequence[_Argument], extra: Sequence[str]) -> list[Splice] | None:
        places = {one.name: at for at, one in enumerate(self.positional)}
        ordered = sorted(arguments, key=lambda one: places.get(one.target.name, len(places)))
        forms = self._forms(ordered)
        start, _ = self.tree.span(self.call.args[0])
        _, end = self._whole(self.call.args[-1].value)
        movable = all(isinstance(one.node.value, _MOVABLE) for one in arguments)
        if forms is None or not movable or "#" in self.tree.text[start:end]:
            return None
        texts = [
            (f"{form}=" if form else "") + code_of(one.node.value)
            for one, form in zip(ordered, forms, strict=True)
        ]
        return [Splice(start, end, ", ".join([*texts, *extra]))]

    def _whole(self, node: cst.BaseExpression) -> tuple[int, int]:
        """A value's span, with the parentheses around it."""
        start, end = self.tree.span(node)
        if node.lpar and node.rpar:
            return self.tree.span(node.lpar[0])[0], self.tree.span(node.rpar[-1])[1]
        return start, end

    def _is_bare(self, node: cst.BaseExpression) -> bool:
        return isinstance(node, (cst.NamedExpr, cst.GeneratorExp, cst.Yield)) and not node.lpar


_MOVABLE = (cst.Name, cst.Integer, cst.Float, cst.SimpleString)
