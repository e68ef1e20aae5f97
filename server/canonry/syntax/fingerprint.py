"""What is collected of a definition, turned into its sorted feature hashes."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from zlib import crc32

from canonry.model import ParameterKind, SymbolKind
from canonry.syntax.features import KIND_SHIFT, TOKEN_MASK, Feature, feature_hash
from canonry.syntax.frame import Frame
from canonry.syntax.words import identifier_words, prose_words

MAX_LITERAL = 80
"""Bytes of a string that is a feature as it stands; longer ones are prose or data."""
MAX_PROSE = 600
"""Characters of a string, docstring or comment whose words are features."""
MAX_SHAPE = 60
"""Nodes of one statement's shape."""
MIN_SHAPE = 4
"""Shorter shapes (`return x`) say nothing."""
COMMON_NUMBERS = frozenset((b"0", b"1", b"2", b"-1", b"0.0", b"1.0"))

MOST_KEPT = 10_000
"""Names and texts of each kind whose features are kept: some 20 MB in all."""

_NAME = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_DOTTED = re.compile(rb"[A-Za-z_\x80-\xff][\w.\x80-\xff]*")
_CHAIN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_WORD_BITS = Feature.WORD << KIND_SHIFT
_SHAPE_BITS = Feature.SHAPE << KIND_SHIFT
_SELF = frozenset((b"self", b"cls"))


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
    _imported(plain, chains, names, found, references)
    if frame.kind is None:
        return b""
    _header(frame, found)
    _header_references(frame, names, references)
    # Names and texts come again and again in a workspace: what each gives is computed once.
    every = chain.from_iterable
    found.update(every(map(_of_chain, chains)))
    found.update(every(map(_of_attribute, set(frame.attributes))))
    found.update(map(_of_call, {*frame.calls, *frame.member_calls}))
    found.update(every(map(_word_hashes, plain - _SELF)))
    found.update(every(map(_of_literal, set(frame.literals))))
    for comment in frame.comments:
        _prose(comment.decode("utf-8", "replace")[:MAX_PROSE], found)
    found.update(every(map(_of_raised, frame.raises)))
    found.update(map(_of_operation, frame.operations))
    for annotation in frame.annotations:
        for name in _NAME.findall(annotation):
            found.update(_word_hashes(name))
    if frame.kind is not SymbolKind.CLASS:
        _shapes(frame, found)
    packed = array("I", sorted(found))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _header(frame: Frame, found: set[int]) -> None:
    found.update(_of_name(frame.name))
    for parameter in frame.parameters:
        found.update(_of_parameter(parameter.name))
        if parameter.annotation:
            found.update(_of_annotation(parameter.annotation))
        if parameter.default and parameter.kind not in (
            ParameterKind.VAR_POSITIONAL,
            ParameterKind.VAR_KEYWORD,
        ):
            for name in _NAME.findall(parameter.default.encode()):
                found.update(_word_hashes(name))
    if frame.returns:
        found.update(_of_annotation(frame.returns))
    for decorator in frame.decorators:
        name = decorator.partition("(")[0].strip().encode()
        found.add(feature_hash(Feature.DECORATOR, name.rpartition(b".")[2]))
    for base in frame.bases:
        if "=" not in base:
            name = base.partition("[")[0].strip().encode().rpartition(b".")[2]
            found.add(feature_hash(Feature.BASE, name))
            found.update(_word_hashes(name))
    for member in set(frame.members):
        found.add(feature_hash(Feature.MEMBER, member.encode()))
        if not member.startswith("__"):
            found.update(_word_hashes(member.encode()))
    for text in (frame.docstring, frame.comment_above.decode("utf-8", "replace")):
        if text:
            for word in prose_words(text[:MAX_PROSE]):
                token = word.encode()
                found.add(feature_hash(Feature.DOC, token))
                found.add(feature_hash(Feature.WORD, token))


def _header_references(frame: Frame, names: Names, references: set[str]) -> None:
    """What annotations, defaults, decorators and bases reach; they say nothing of the body."""
    texts = [*frame.decorators, *frame.bases, frame.returns or ""]
    for parameter in frame.parameters:
        texts += [parameter.annotation or "", parameter.default or ""]
    for text in texts:
        for one in _CHAIN.findall(text):
            root, dot, rest = one.partition(".")
            target = names.get(root.encode())
            if target is not None:
                references.add(target + dot + rest)


def _imported(
    plain: set[bytes], chains: set[bytes], names: Names, found: set[int], references: set[str]
) -> None:
    if not names:
        return
    for name in plain & names.keys():
        target = names[name]
        references.add(target)
        found.add(feature_hash(Feature.IMPORTED, target.encode()))
    for one in chains:
        root, _, rest = one.partition(b".")
        of_chain = names.get(root)
        if of_chain is not None:
            full = f"{of_chain}.{rest.decode('utf-8', 'replace')}"
            references.add(full)
            found.add(feature_hash(Feature.IMPORTED, full.encode()))


@lru_cache(maxsize=MOST_KEPT)
def _of_literal(literal: bytes) -> frozenset[int]:
    if literal[:1].isdigit():
        known = literal in COMMON_NUMBERS
        return frozenset() if known else frozenset((feature_hash(Feature.LITERAL, literal),))
    content = literal.strip(b"rRbBuUfF").strip(b"\"'") if literal[-1:] in (b'"', b"'") else literal
    found: set[int] = set()
    if content:
        if len(content) <= MAX_LITERAL:
            found.add(feature_hash(Feature.LITERAL, content))
        _prose(content[:MAX_PROSE].decode("utf-8", "replace"), found)
    return frozenset(found)


def _prose(text: str, found: set[int]) -> None:
    for word in prose_words(text):
        found.add(_WORD_BITS | (crc32(word.encode()) & TOKEN_MASK))


@lru_cache(maxsize=MOST_KEPT)
def _of_annotation(annotation: str) -> frozenset[int]:
    found: set[int] = set()
    for name in _NAME.findall(annotation.encode()):
        found.add(feature_hash(Feature.ANNOTATION, name))
        found.update(_word_hashes(name))
    return frozenset(found)


@lru_cache(maxsize=MOST_KEPT)
def _of_name(name: str) -> frozenset[int]:
    """What the name of a definition gives."""
    found = {feature_hash(Feature.WHOLE_NAME, name.replace("_", "").lower().encode())}
    for word in identifier_words(name):
        token = word.encode()
        found.add(feature_hash(Feature.NAME, token))
        found.add(feature_hash(Feature.WORD, token))
    return frozenset(found)


@lru_cache(maxsize=MOST_KEPT)
def _of_parameter(name: str) -> tuple[int, ...]:
    token = name.encode()
    return () if token in _SELF else (feature_hash(Feature.PARAMETER, token), *_word_hashes(token))


@lru_cache(maxsize=MOST_KEPT)
def _of_chain(written: bytes) -> frozenset[int]:
    """What a chain of names gives: an attribute for each but the first, and the words of all."""
    found: set[int] = set()
    for at, part in enumerate(written.split(b".")):
        if at:
            found.add(feature_hash(Feature.ATTRIBUTE, part))
        if part not in _SELF:
            found.update(_word_hashes(part))
    return frozenset(found)


@lru_cache(maxsize=MOST_KEPT)
def _of_attribute(name: bytes) -> tuple[int, ...]:
    return (feature_hash(Feature.ATTRIBUTE, name), *_word_hashes(name))


@lru_cache(maxsize=MOST_KEPT)
def _of_call(called: bytes) -> int:
    return feature_hash(Feature.CALL, called.rpartition(b".")[2])


@lru_cache(maxsize=MOST_KEPT)
def _of_raised(told: bytes) -> tuple[int, ...]:
    """The exceptions of what is raised (`errors.Missing(name)`) or caught (`(OSError, ValueError)`).

    Without a variable that holds one (`raise error`): its name says nothing.
    """
    chains = [one.rpartition(b".") for one in _DOTTED.findall(told.lstrip(b"(").partition(b"(")[0])]
    return tuple(
        feature_hash(Feature.RAISES, last) for root, _, last in chains if root or not last[:1].islower()
    )


@lru_cache(maxsize=MOST_KEPT)
def _of_operation(name: str) -> int:
    return feature_hash(Feature.OPERATION, name.encode())


@lru_cache(maxsize=MOST_KEPT)
def _word_hashes(identifier: bytes) -> tuple[int, ...]:
    words = identifier_words(identifier.decode("utf-8", "replace"))
    return tuple(_WORD_BITS | (crc32(word.encode()) & TOKEN_MASK) for word in words if len(word) > 1)


def _shapes(frame: Frame, found: set[int]) -> None:
    skeleton = frame.skeleton
    starts = frame.statements
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(skeleton)
        if end - start >= MIN_SHAPE:
            shape = bytes(skeleton[start : min(end, start + MAX_SHAPE)])
            found.add(_SHAPE_BITS | (crc32(shape) & TOKEN_MASK))
