"""Which parameter of the existing definition takes what a parameter of the new one took."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import libcst as cst

from canonry.edits.align import corresponding_names
from canonry.edits.definitions import Definition, is_docstring, statements
from canonry.edits.tree import dotted
from canonry.model import Parameter, ParameterKind, Signature

POSITIONAL = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)
STARRED = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


@dataclass(frozen=True, slots=True)
class Pair:
    """A parameter of the existing definition, and whether it surely is the same as the new one's."""

    target: Parameter
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Pairing:
    """The parameters of two callables side by side."""

    new: Signature
    target: Signature
    pairs: Mapping[str, Pair]
    """By the name of the new definition's parameter."""

    @property
    def same_positions(self) -> bool:
        """Whether any call by position does the same on both, whatever it leaves out."""
        return self._comparable(by_name=False)

    @property
    def same_interface(self) -> bool:
        """Whether any call at all does the same on both, whatever it leaves out."""
        return self._comparable(by_name=True)

    def _comparable(self, by_name: bool) -> bool:
        mine, theirs = self.new.parameters, self.target.parameters
        return len(mine) == len(theirs) and all(
            one.kind == other.kind
            and one.default == other.default
            and (pair := self.pairs.get(one.name)) is not None
            and pair.target is other
            and (one.name == other.name or (not by_name and one.kind is not ParameterKind.KEYWORD_ONLY))
            for one, other in zip(mine, theirs, strict=True)
        )


def pair_parameters(new: Definition, target: Definition) -> Pairing | None:
    """The pairing of two definitions' parameters; None where those of one are not known.

    Sure are, in this order: what bodies that are equal but for names say; equal names; similar names in
    the same position. What stands in the same position without any likeness is paired, but not sure.
    """
    mine, theirs = new.signature, target.signature
    if mine is None or theirs is None:
        return None
    found: Mapping[str, str] = {}
    one, other = new.callable, target.callable
    if one is not None and other is not None:
        found = corresponding_names(one, new.names, other, target.names) or delegated_names(new, target) or {}
    return pair_signatures(mine, theirs, found)


def delegated_names(new: Definition, target: Definition) -> dict[str, str] | None:
    """What `new` passes its parameters as, where all it does is `return target(...)`; else None."""
    theirs = target.signature
    body = [one for one in statements(new.node.body) if not is_docstring(one)]
    if theirs is None or len(body) != 1 or not isinstance(body[0], (cst.Return, cst.Expr)):
        return None
    call = body[0].value.expression if isinstance(body[0].value, cst.Await) else body[0].value
    if not isinstance(call, cst.Call) or dotted(call.func).rpartition(".")[2] != target.name:
        return None
    positional = [one.name for one in theirs.parameters if one.kind in POSITIONAL]
    found: dict[str, str] = {}
    for at, argument in enumerate(call.args):
        place = positional[at] if at < len(positional) else ""
        name = argument.keyword.value if argument.keyword else place
        if (
            argument.star
            or not name
            or not isinstance(argument.value, cst.Name)
            or argument.value.value in found
        ):
            return None
        found[argument.value.value] = name
    mine = new.signature
    own = {one.name for one in mine.parameters} if mine else set()
    return found if found.keys() == own else None


def pair_signatures(new: Signature, target: Signature, known: Mapping[str, str]) -> Pairing:
    """The pairing of two signatures; `known` maps names of which more is known than the signatures say."""
    left = [one for one in new.parameters if one.kind not in STARRED]
    free = {one.name: one for one in target.parameters if one.kind not in STARRED}
    pairs: dict[str, Pair] = {}

    def take(mine: Parameter, theirs: Parameter, sure: bool) -> None:
        pairs[mine.name] = Pair(theirs, sure)
        del free[theirs.name]
        left.remove(mine)

    for mine in tuple(left):
        if known.get(mine.name) in free:
            take(mine, free[known[mine.name]], True)
    for mine in tuple(left):
        if mine.name in free and mine.name not in known:
            take(mine, free[mine.name], True)
    ranked = sorted(
        ((similarity(mine, theirs), mine, theirs) for mine in left for theirs in free.values()),
        key=lambda row: -row[0],
    )
    for likeness, mine, theirs in ranked:
        if likeness >= _SIMILAR and mine in left and theirs.name in free:
            rivals = [row for row in ranked if row[0] == likeness and (row[1] is mine or row[2] is theirs)]
            same_place = _place(new, mine) == _place(target, theirs)
            if same_place or len(rivals) == 1:
                take(mine, theirs, same_place and len(rivals) == 1)
    only_one = len(new.parameters) == len(target.parameters) == 1
    for mine in tuple(left):
        for theirs in tuple(free.values()):
            if _place(new, mine) == _place(target, theirs) and may_be_same(mine, theirs):
                take(mine, theirs, only_one)
                break
    for kind in STARRED:
        stars = [one for one in new.parameters if one.kind is kind]
        others = [one for one in target.parameters if one.kind is kind]
        if stars and others:
            pairs[stars[0].name] = Pair(others[0])
    return Pairing(new, target, pairs)


_SIMILAR = 0.6


def similarity(one: Parameter, other: Parameter) -> float:
    """How alike two parameters' names are, 0 to 1; 0 where they cannot be the same parameter."""
    if not may_be_same(one, other):
        return 0.0
    mine, theirs = _words(one.name), _words(other.name)
    if len((mine ^ theirs) & _UNITS) > 1:
        return 0.0
    if mine & theirs:
        return max(_SIMILAR, len(mine & theirs) / max(len(mine), len(theirs)))
    short, long = sorted((one.name.strip("_").lower(), other.name.strip("_").lower()), key=len)
    if len(short) > 1 and short[0] == long[0] and _is_subsequence(short, long):
        return 0.8
    return SequenceMatcher(None, short, long).ratio()


def may_be_same(one: Parameter, other: Parameter) -> bool:
    """Whether neither annotations (`str`, `int`) nor names (`source`, `dest`) contradict each other."""
    mine, theirs = _words(one.name), _words(other.name)
    opposite = any(
        frozenset((left, right)) in _OPPOSITES for left in mine - theirs for right in theirs - mine
    )
    return not opposite and types_agree(one, other)


_OPPOSITES = frozenset(
    map(
        frozenset,
        (
            ("min", "max"), ("minimum", "maximum"), ("start", "end"), ("start", "stop"), ("begin", "end"),
            ("first", "last"), ("left", "right"), ("before", "after"), ("lower", "upper"), ("low", "high"),
            ("lo", "hi"), ("src", "dst"), ("source", "dest"), ("source", "target"), ("old", "new"),
            ("source", "destination"), ("input", "output"), ("in", "out"), ("enabled", "disabled"),
            ("enable", "disable"), ("include", "exclude"), ("included", "excluded"), ("allow", "deny"),
            ("from", "to"), ("width", "height"), ("row", "column"), ("row", "col"), ("rows", "columns"),
            ("rows", "cols"), ("key", "value"), ("prefix", "suffix"), ("parent", "child"), ("read", "write"),
            ("top", "bottom"), ("expected", "actual"), ("base", "exponent"), ("numerator", "denominator"),
        ),
    )
)  # fmt: skip
"""Words that look or stand alike and mean contrary things."""

_UNITS = frozenset(
    ("ms", "millis", "milliseconds", "sec", "secs", "seconds", "mins", "minutes", "hours", "days", "bytes",
     "kb", "mb", "gb", "percent", "ratio", "deg", "degrees", "rad", "radians", "px", "cm", "mm", "km",
     "meters", "miles")
)  # fmt: skip
"""`timeout_ms` and `timeout_seconds` are alike, but not the same."""


def types_agree(one: Parameter, other: Parameter) -> bool:
    """Whether what fits the first annotation may fit the second, as far as their names tell."""
    mine, theirs = type_name(one.annotation), type_name(other.annotation)
    if not mine or not theirs or mine == theirs:
        return True
    return mine in _WIDER.get(theirs, ()) or theirs in ("any", "object")


_LISTS = ("list", "tuple", "sequence", "mutablesequence")
_SETS = ("set", "frozenset", "abstractset")
_DICTS = ("dict", "defaultdict", "ordereddict", "mapping", "mutablemapping")
_WIDER: Mapping[str, tuple[str, ...]] = {
    "sequence": (*_LISTS, "str", "bytes"),
    "collection": (*_LISTS, *_SETS, *_DICTS, "str", "bytes"),
    "iterable": (*_LISTS, *_SETS, *_DICTS, "str", "bytes", "iterator", "generator", "collection"),
    "iterator": ("generator",),
    "mapping": _DICTS,
    "mutablemapping": ("dict", "defaultdict", "ordereddict"),
    "float": ("int",),
    "complex": ("int", "float"),
    "pathlike": ("path", "purepath"),
}


def type_name(annotation: str | None) -> str:
    """An annotation's outermost name in lower case: `Optional["list[int]"]` is `list`; "" for unions."""
    if annotation is None:
        return ""
    text = annotation.strip().strip("\"'").replace(" ", "")
    optional = re.fullmatch(r"(?:typing\.|t\.)?Optional\[(.*)\]", text)
    if optional:
        text = optional[1].strip("\"'")
    parts = [one for one in text.split("|") if one != "None"] if "[" not in text.partition("|")[0] else [text]
    if len(parts) != 1 or "|" in parts[0].rpartition("]")[2]:
        return ""
    name = parts[0].partition("[")[0].rpartition(".")[2].lower()
    return "" if name in ("union", "annotated", "literal") or not name.isidentifier() else name


def _place(signature: Signature, parameter: Parameter) -> int | str:
    """A parameter's index among those that are given by position, else its name."""
    positional = [one.name for one in signature.parameters if one.kind in POSITIONAL]
    return positional.index(parameter.name) if parameter.name in positional else parameter.name


def _words(name: str) -> set[str]:
    return {one for one in name.lower().split("_") if len(one) > 1}  # `x_1`, `k`: letters say nothing


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)
