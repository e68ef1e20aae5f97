"""A team's own patterns: checked, and found in code by ast-grep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from canonry.config import Globs, TeamPattern
from canonry.model import Position, Range
from canonry.syntax.grammar import LANGUAGE, parse

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_META = re.compile(r"\$\$\$(?P<many>[A-Z_][A-Z0-9_]*)?|\$(?P<one>[A-Z_][A-Z0-9_]*)")
_WORD = re.compile(r"[^\W\d]\w*")
_TRACE = "Stack backtrace:"


@dataclass(frozen=True)
class Place:
    """A place of a pattern: positions are those in the text that was searched."""

    range: Range
    fixed: str | None
    """What the pattern's fix makes of it."""


@dataclass(frozen=True)
class Compiled:
    """A pattern that can be looked for."""

    pattern: TeamPattern
    rule: Any
    """As ast-grep takes it."""
    words: tuple[bytes, ...]
    """Without each of these no text has the pattern."""

    @cached_property
    def _files(self) -> Globs | None:
        return Globs(self.pattern.files) if self.pattern.files else None

    def speaks_of(self, path: str) -> bool:
        """Whether the pattern is looked for in a file (relative, with `/`)."""
        return self._files is None or self._files.covers(path)

    def may_be_in(self, data: bytes) -> bool:
        """Whether a text (UTF-8) may have the pattern, by its bytes."""
        return all(word in data for word in self.words)


@lru_cache(maxsize=8)
def compiled(patterns: tuple[TeamPattern, ...]) -> tuple[Compiled, ...]:
    """The patterns that can be used, in their order."""
    wrong = {at for at, _, _ in problems(patterns)}
    return tuple(
        Compiled(one, _rule(one), _words(one))
        for at, one in enumerate(patterns)
        if at not in wrong and one.severity != "off"
    )


@lru_cache(maxsize=8)
def problems(patterns: tuple[TeamPattern, ...]) -> tuple[tuple[int, str, str], ...]:
    """What is wrong with patterns: the number of each, the key in it, and a message."""
    return tuple(_problems(patterns))


def places(patterns: Sequence[Compiled], text: str) -> Iterator[tuple[Compiled, Place]]:
    """The places of some patterns in a text, pattern by pattern."""
    from ast_grep_py import SgRoot

    root = SgRoot(text, "python").root()
    for one in patterns:
        for node in root.find_all({"rule": one.rule}):
            start, end = node.range().start, node.range().end
            range = Range(Position(start.line, start.column), Position(end.line, end.column))
            yield one, Place(range, _fixed(one.pattern.fix, node, text) if one.pattern.fix else None)


def _problems(patterns: Sequence[TeamPattern]) -> Iterator[tuple[int, str, str]]:
    if patterns and find_spec("ast_grep_py") is None:
        # Some platforms have no wheel of it, and the bundled server goes without.
        for at, one in enumerate(patterns):
            yield at, "id", f"ast-grep-py is not installed here. `{one.id}` is not looked for."
        return
    known: set[str] = set()
    for at, one in enumerate(patterns):
        if one.id in known:
            yield at, "id", f"There is another pattern `{one.id}`; the first one counts."
        known.add(one.id)
        sources = [("pattern", one.pattern), *(("inside", each) for each in one.inside)]
        sources += [("not-inside", each) for each in one.not_inside]
        for key, source in sources:
            why = _wrong(source, may_be_kind=key != "pattern")
            if why:
                yield at, key, f"`{source}` is no pattern: {why}. `{one.id}` is not looked for."
        names = {found["one"] or found["many"] for found in _META.finditer(one.pattern)}
        unknown = [
            found[0]
            for found in _META.finditer(one.fix)
            if (found["one"] or found["many"]) not in names and not found[0].endswith("_")
        ]
        if unknown:
            yield at, "fix", f"The pattern has no {unknown[0]}. `{one.id}` is not looked for."


def _wrong(source: str, may_be_kind: bool) -> str:
    """Why a pattern cannot be used; "" where it can."""
    from ast_grep_py import SgRoot

    if may_be_kind and _is_kind(source):
        return ""
    if parse(_META.sub("_", source).encode()).root_node.has_error:
        return "it is no Python, with $NAME for one thing and $$$NAME for any number of them"
    try:
        SgRoot("", "python").root().find({"rule": {"pattern": source}})
    except RuntimeError as error:
        # A chain of causes, the last of them the one that says something.
        causes = re.split(r"^\s*\d+: ", str(error).partition(_TRACE)[0], flags=re.MULTILINE)
        return causes[-1].partition(" Please")[0].strip().rstrip(".")
    return "" if _META.sub("", source).strip() else "it would be found everywhere"


def _is_kind(source: str) -> bool:
    """Whether a word names a kind of node: `for_statement`."""
    return _WORD.fullmatch(source) is not None and LANGUAGE.id_for_node_kind(source, True) is not None


def _rule(one: TeamPattern) -> dict[str, Any]:
    rule: dict[str, Any] = {"pattern": one.pattern}
    if one.inside:
        rule["inside"] = {"any": [_around(each) for each in one.inside], "stopBy": "end"}
    if one.not_inside:
        rule["not"] = {"inside": {"any": [_around(each) for each in one.not_inside], "stopBy": "end"}}
    return rule


def _around(source: str) -> dict[str, Any]:
    return {"kind": source} if _is_kind(source) else {"pattern": source}


def _words(one: TeamPattern) -> tuple[bytes, ...]:
    """The words that a place of the pattern must have; of what is around it only if nothing else may be."""
    sources = [one.pattern]
    if len(one.inside) == 1 and not _is_kind(one.inside[0]):
        sources.append(one.inside[0])
    words = {word for source in sources for word in _WORD.findall(_META.sub(" ", source))}
    return tuple(word.encode() for word in sorted(words, key=lambda word: (-len(word), word)))


def _fixed(fix: str, node: SgNode, text: str) -> str:
    def filled(found: re.Match[str]) -> str:
        if found["one"]:
            held = node.get_match(found["one"])
            return held.text() if held is not None else ""
        several = node.get_multiple_matches(found["many"]) if found["many"] else []
        return text[several[0].range().start.index : several[-1].range().end.index] if several else "\0"

    column = node.range().start.column
    # A list of nothing takes its comma along.
    made = re.sub(r"\0\s*,\s*|,\s*\0|\0", "", _META.sub(filled, fix))
    return made.replace("\n", "\n" + " " * column)
