"""What is collected of a definition, turned into its sorted feature hashes."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from zlib import crc32

from canonry.model import ParameterKind, SymbolKind
from canonry.syntax.features import KIND_SHIFT, TOKEN_MASK, Feature
from canonry.syntax.frame import Frame
from canonry.syntax.words import fold, parts_of, prose_tokens, token_words

MAX_LITERAL = 80
"""Bytes of a string that is a feature as it stands; longer ones are prose or data."""
MAX_PROSE = 600
"""Characters of a string, docstring or comment whose words are features."""
MAX_SHAPE = 60
"""Nodes of one statement's shape."""
MIN_SHAPE = 4
"""Shorter shapes (`return x`) say nothing."""
COMMON_NUMBERS = frozenset((b"0", b"1", b"2", b"-1", b"0.0", b"1.0"))

MOST_KEPT = 20_000
"""Names and texts of each kind whose features are kept: some 30 MB in all."""

_NAME = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_DOTTED = re.compile(rb"[A-Za-z_\x80-\xff][\w.\x80-\xff]*")
_CHAIN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SELF = frozenset((b"self", b"cls"))
_UNPACKED = frozenset((ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD))


def _bits(kind: Feature) -> int:
    """A kind where a feature has it. Plain integers: they are needed for every feature there is."""
    return int(kind) << KIND_SHIFT


_ANNOTATION_BITS: Final = _bits(Feature.ANNOTATION)
_ATTRIBUTE_BITS: Final = _bits(Feature.ATTRIBUTE)
_BASE_BITS: Final = _bits(Feature.BASE)
_CALL_BITS: Final = _bits(Feature.CALL)
_DECORATOR_BITS: Final = _bits(Feature.DECORATOR)
_DOC_BITS: Final = _bits(Feature.DOC)
_IMPORTED_BITS: Final = _bits(Feature.IMPORTED)
_LITERAL_BITS: Final = _bits(Feature.LITERAL)
_MEMBER_BITS: Final = _bits(Feature.MEMBER)
_NAME_BITS: Final = _bits(Feature.NAME)
_OPERATION_BITS: Final = _bits(Feature.OPERATION)
_PARAMETER_BITS: Final = _bits(Feature.PARAMETER)
_RAISES_BITS: Final = _bits(Feature.RAISES)
_SHAPE_BITS: Final = _bits(Feature.SHAPE)
_WHOLE_NAME_BITS: Final = _bits(Feature.WHOLE_NAME)
_WORD_BITS: Final = _bits(Feature.WORD)


Hashes = frozenset[int]
_NONE: Hashes = frozenset()
Names = Mapping[bytes, str]
"""Imported names, to what they stand for."""


def features_of(frame: Frame, names: Names, references: set[str]) -> bytes:
    """The features of a closed frame as unsigned 32-bit little-endian numbers, sorted and unique.

    `names` maps imported names to what they stand for; what is reached through them is added to
    `references`. A frame without a kind (module level) has references only.
    """
    found: set[int] = set()
    chains = set(frame.dotted)
    plain = set(frame.names)
    if names:
        reached = _reached(plain, chains, names)
        references.update(reached)
        if frame.kind is not None:
            found.update(map(_of_imported, reached))
    if frame.kind is None:
        return b""
    _header(frame, found)
    if names:
        _header_references(frame, names, references)
    # Names and texts come again and again in a workspace: what each gives is computed once and kept as a set;
    # joining sets takes a third of the time of joining other collections.
    plain -= _SELF
    found.update(
        *map(_of_chain, chains),
        *map(_of_word, plain),
        *map(_of_literal, set(frame.literals)),
        map(_of_call, {*frame.calls, *frame.member_calls}),
    )
    if frame.attributes:
        found.update(*map(_of_attribute, set(frame.attributes)))
    for comment in frame.comments:
        found.update(_words(comment.decode("utf-8", "replace")))
    if frame.raises:
        found.update(*map(_of_raised, frame.raises))
    if frame.operations:
        found.update(map(_of_operation, frame.operations))
    for annotation in frame.annotations:
        found.update(*map(_of_word, _NAME.findall(annotation)))
    if frame.kind is not SymbolKind.CLASS:
        _shapes(frame, found)
    packed = array("I", sorted(found))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _header(frame: Frame, found: set[int]) -> None:
    told = [_of_name(frame.name)]
    for parameter in frame.parameters:
        told.append(_of_parameter(parameter.name))
        if parameter.annotation:
            told.append(_of_annotation(parameter.annotation))
        if parameter.default and parameter.kind not in _UNPACKED:
            told.append(_of_default(parameter.default))
    if frame.returns:
        told.append(_of_annotation(frame.returns))
    found.update(*told)
    if frame.decorators:
        found.update(map(_of_decorator, frame.decorators))
    if frame.bases:
        found.update(*map(_of_base, frame.bases))
    if frame.members:
        found.update(*map(_of_member, set(frame.members)))
    if frame.docstring:
        _documentation(frame.docstring, found)
    if frame.comment_above:
        _documentation(frame.comment_above.decode("utf-8", "replace"), found)


def _header_references(frame: Frame, names: Names, references: set[str]) -> None:
    """What annotations, defaults, decorators and bases reach; they say nothing of the body."""
    texts = {*frame.decorators, *frame.bases, frame.returns or ""}
    for parameter in frame.parameters:
        if parameter.annotation:
            texts.add(parameter.annotation)
        if parameter.default:
            texts.add(parameter.default)
    for text in texts:
        for root, rest in _chains_in(text):
            target = names.get(root)
            if target is not None:
                references.add(target + rest)


@lru_cache(maxsize=MOST_KEPT)
def _chains_in(text: str) -> tuple[tuple[bytes, str], ...]:
    """The chains of names in a text, each as its first name and the rest with its dot."""
    found = []
    for one in _CHAIN.findall(text):
        root, dot, rest = one.partition(".")
        found.append((root.encode(), dot + rest))
    return tuple(found)


def _reached(plain: set[bytes], chains: set[bytes], names: Names) -> list[str]:
    """What is reached through imported names, by its absolute dotted name."""
    found = [names[name] for name in plain & names.keys()]
    for one in chains:
        root, _, rest = one.partition(b".")
        target = names.get(root)
        if target is not None:
            found.append(f"{target}.{rest.decode('utf-8', 'replace')}")
    return found


@lru_cache(maxsize=MOST_KEPT)
def _of_imported(target: str) -> int:
    return _IMPORTED_BITS | (crc32(target.encode()) & TOKEN_MASK)


@lru_cache(maxsize=MOST_KEPT)
def _of_literal(literal: bytes) -> Hashes:
    if literal[:1].isdigit():
        known = literal in COMMON_NUMBERS
        return _NONE if known else frozenset((_LITERAL_BITS | (crc32(literal) & TOKEN_MASK),))
    content = literal.strip(b"rRbBuUfF").strip(b"\"'") if literal[-1:] in (b'"', b"'") else literal
    if not content:
        return _NONE
    words = _words(content[:MAX_PROSE].decode("utf-8", "replace"))
    if len(content) > MAX_LITERAL:
        return words
    return words | {_LITERAL_BITS | (crc32(content) & TOKEN_MASK)}


def _documentation(text: str, found: set[int]) -> None:
    found.update(*map(_of_documentation, prose_tokens(text[:MAX_PROSE])))


def _words(text: str) -> Hashes:
    """What a comment or a literal says."""
    return _NONE.union(*map(_of_prose, prose_tokens(text[:MAX_PROSE])))


@lru_cache(maxsize=MOST_KEPT)
def _of_prose(token: str) -> Hashes:
    return frozenset([_WORD_BITS | (crc32(word.encode()) & TOKEN_MASK) for word in token_words(token)])


@lru_cache(maxsize=MOST_KEPT)
def _of_documentation(token: str) -> Hashes:
    """What a word of a docstring gives."""
    words = _of_prose(token)
    return words.union([_DOC_BITS | (word & TOKEN_MASK) for word in words])


@lru_cache(maxsize=MOST_KEPT)
def _of_annotation(annotation: str) -> Hashes:
    names = _NAME.findall(annotation.encode())
    types = frozenset([_ANNOTATION_BITS | (crc32(name) & TOKEN_MASK) for name in names])
    return types.union(*map(_of_word, names))


@lru_cache(maxsize=MOST_KEPT)
def _of_default(default: str) -> Hashes:
    return _NONE.union(*map(_of_word, _NAME.findall(default.encode())))


@lru_cache(maxsize=MOST_KEPT)
def _of_name(name: str) -> Hashes:
    """What the name of a definition gives."""
    found = [_WHOLE_NAME_BITS | (crc32(name.replace("_", "").lower().encode()) & TOKEN_MASK)]
    for part in parts_of(name):
        token = crc32(fold(part).encode()) & TOKEN_MASK
        found += (_NAME_BITS | token, _WORD_BITS | token)
    return frozenset(found)


@lru_cache(maxsize=MOST_KEPT)
def _of_parameter(name: str) -> Hashes:
    token = name.encode()
    return _NONE if token in _SELF else _of_word(token) | {_PARAMETER_BITS | (crc32(token) & TOKEN_MASK)}


@lru_cache(maxsize=MOST_KEPT)
def _of_decorator(decorator: str) -> int:
    name = decorator.partition("(")[0].strip().encode()
    return _DECORATOR_BITS | (crc32(name.rpartition(b".")[2]) & TOKEN_MASK)


@lru_cache(maxsize=MOST_KEPT)
def _of_base(base: str) -> Hashes:
    """What a base class gives; a keyword nothing."""
    if "=" in base:
        return _NONE
    name = base.partition("[")[0].strip().encode().rpartition(b".")[2]
    return _of_word(name) | {_BASE_BITS | (crc32(name) & TOKEN_MASK)}


@lru_cache(maxsize=MOST_KEPT)
def _of_member(member: str) -> Hashes:
    name = member.encode()
    words = _NONE if member.startswith("__") else _of_word(name)
    return words | {_MEMBER_BITS | (crc32(name) & TOKEN_MASK)}


@lru_cache(maxsize=MOST_KEPT)
def _of_chain(written: bytes) -> Hashes:
    """What a chain of names gives: an attribute for each but the first, and the words of all."""
    parts = written.split(b".")
    attributes = frozenset([_ATTRIBUTE_BITS | (crc32(part) & TOKEN_MASK) for part in parts[1:]])
    return attributes.union(*[_of_word(part) for part in parts if part not in _SELF])


@lru_cache(maxsize=MOST_KEPT)
def _of_attribute(name: bytes) -> Hashes:
    return _of_word(name) | {_ATTRIBUTE_BITS | (crc32(name) & TOKEN_MASK)}


@lru_cache(maxsize=MOST_KEPT)
def _of_call(called: bytes) -> int:
    return _CALL_BITS | (crc32(called[called.rfind(b".") + 1 :]) & TOKEN_MASK)


@lru_cache(maxsize=MOST_KEPT)
def _of_raised(told: bytes) -> Hashes:
    """The exceptions of what is raised (`errors.Missing(name)`) or caught (`(OSError, ValueError)`).

    Without a variable that holds one (`raise error`): its name says nothing.
    """
    chains = [one.rpartition(b".") for one in _DOTTED.findall(told.lstrip(b"(").partition(b"(")[0])]
    return frozenset(
        _RAISES_BITS | (crc32(last) & TOKEN_MASK)
        for root, _, last in chains
        if root or not last[:1].islower()
    )


@lru_cache(maxsize=MOST_KEPT)
def _of_operation(name: str) -> int:
    return _OPERATION_BITS | (crc32(name.encode()) & TOKEN_MASK)


@lru_cache(maxsize=MOST_KEPT)
def _of_word(identifier: bytes) -> Hashes:
    """What the words of an identifier give."""
    parts = parts_of(identifier.decode("utf-8", "replace"))
    return frozenset([found for found in map(_of_part, parts) if found])


@lru_cache(maxsize=MOST_KEPT)
def _of_part(part: str) -> int:
    """What a part of an identifier gives; 0, which is no word, for a single letter."""
    word = fold(part)
    return _WORD_BITS | (crc32(word.encode()) & TOKEN_MASK) if len(word) > 1 else 0


def _shapes(frame: Frame, found: set[int]) -> None:
    skeleton = frame.skeleton
    starts = frame.statements
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(skeleton)
        if end - start >= MIN_SHAPE:
            shape = bytes(skeleton[start : min(end, start + MAX_SHAPE)])
            found.add(_SHAPE_BITS | (crc32(shape) & TOKEN_MASK))
