"""What is collected of a definition, turned into its sorted feature hashes."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
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
    for chain in chains:
        for at, part in enumerate(chain.split(b".")):
            if at:
                found.add(feature_hash(Feature.ATTRIBUTE, part))
            if part not in _SELF:
                found.update(_word_hashes(part))
    for attribute in set(frame.attributes):
        found.add(feature_hash(Feature.ATTRIBUTE, attribute))
        found.update(_word_hashes(attribute))
    for call in {one.rpartition(b".")[2] for one in frame.calls} | {
        one.rpartition(b".")[2] for one in frame.member_calls
    }:
        found.add(feature_hash(Feature.CALL, call))
    for name in plain:
        if name not in _SELF:
            found.update(_word_hashes(name))
    for literal in set(frame.literals):
        _literal(literal, found)
    for comment in frame.comments:
        _prose(comment.decode("utf-8", "replace")[:MAX_PROSE], found)
    for told in frame.raises:
        for exception in _exceptions(told):
            found.add(feature_hash(Feature.RAISES, exception))
    for operation in frame.operations:
        found.add(feature_hash(Feature.OPERATION, operation.encode()))
    for annotation in frame.annotations:
        for name in _NAME.findall(annotation):
            found.update(_word_hashes(name))
    if frame.kind is not SymbolKind.CLASS:
        _shapes(frame, found)
    packed = array("I", sorted(found))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _exceptions(told: bytes) -> list[bytes]:
    """The exceptions of what is raised (`errors.Missing(name)`) or caught (`(OSError, ValueError)`).

    Without a variable that holds one (`raise error`): its name says nothing.
    """
    chains = [one.rpartition(b".") for one in _DOTTED.findall(told.lstrip(b"(").partition(b"(")[0])]
    return [last for root, _, last in chains if root or not last[:1].islower()]


def _header(frame: Frame, found: set[int]) -> None:
    for word in identifier_words(frame.name):
        token = word.encode()
        found.add(feature_hash(Feature.NAME, token))
        found.add(feature_hash(Feature.WORD, token))
    found.add(feature_hash(Feature.WHOLE_NAME, frame.name.replace("_", "").lower().encode()))
    for parameter in frame.parameters:
        name = parameter.name.encode()
        if name not in _SELF:
            found.add(feature_hash(Feature.PARAMETER, name))
            found.update(_word_hashes(name))
        if parameter.annotation:
            _annotation(parameter.annotation, found)
        if parameter.default and parameter.kind not in (
            ParameterKind.VAR_POSITIONAL,
            ParameterKind.VAR_KEYWORD,
        ):
            for name in _NAME.findall(parameter.default.encode()):
                found.update(_word_hashes(name))
    if frame.returns:
        _annotation(frame.returns, found)
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
        for chain in _CHAIN.findall(text):
            root, dot, rest = chain.partition(".")
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
    for chain in chains:
        root, _, rest = chain.partition(b".")
        of_chain = names.get(root)
        if of_chain is not None:
            full = f"{of_chain}.{rest.decode('utf-8', 'replace')}"
            references.add(full)
            found.add(feature_hash(Feature.IMPORTED, full.encode()))


def _literal(literal: bytes, found: set[int]) -> None:
    if literal[:1].isdigit():
        if literal not in COMMON_NUMBERS:
            found.add(feature_hash(Feature.LITERAL, literal))
        return
    content = literal.strip(b"rRbBuUfF").strip(b"\"'") if literal[-1:] in (b'"', b"'") else literal
    if not content:
        return
    if len(content) <= MAX_LITERAL:
        found.add(feature_hash(Feature.LITERAL, content))
    _prose(content[:MAX_PROSE].decode("utf-8", "replace"), found)


def _prose(text: str, found: set[int]) -> None:
    for word in prose_words(text):
        found.add(_WORD_BITS | (crc32(word.encode()) & TOKEN_MASK))


def _annotation(annotation: str, found: set[int]) -> None:
    for name in _NAME.findall(annotation.encode()):
        found.add(feature_hash(Feature.ANNOTATION, name))
        found.update(_word_hashes(name))


@lru_cache(maxsize=200_000)
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
