"""A definition's frame in the walk over a tree: opened at its header, closed into the definition."""

from __future__ import annotations

from typing import Final

from tree_sitter import Node

from canonry.model import SymbolKind, Trait
from canonry.syntax.facts import Definition
from canonry.syntax.fingerprint import Names, features_of
from canonry.syntax.frame import Frame
from canonry.syntax.headers import base_names, one_line, parameters_of
from canonry.syntax.noted import Noted
from canonry.syntax.source import Source

MAX_SKELETON = 4000
"""Nodes kept of a body; longer ones are compared by their beginning."""
MAX_CLASS_SKELETON = 1500
"""The same of a class, methods included."""
_INTERFACES = frozenset(("Protocol", "Interface"))
"""Bases, by their last names, of classes that only say what others have: `typing` and `zope.interface`."""
METHOD_CODE = ord("P")
"""Begins a method in its class's skeleton, as it begins a nested function in a function's."""

# Traits as plain numbers: they are joined for every definition there is.
_NESTED: Final = int(Trait.NESTED)
_PROTOCOL: Final = int(Trait.PROTOCOL)
_CONDITIONAL: Final = int(Trait.CONDITIONAL)
_TYPE_CHECKING: Final = int(Trait.TYPE_CHECKING)
_ASYNC: Final = int(Trait.ASYNC)
_DUNDER: Final = int(Trait.DUNDER)
_EMPTY: Final = int(Trait.EMPTY)
_RAISES_ONLY: Final = int(Trait.RAISES_ONLY)
_DATA: Final = int(Trait.DATA)


def open_frame(
    node: Node, name_node: Node, is_class: bool, above: Frame, source: Source, depth: int, noted: Noted
) -> Frame:
    """The frame of a definition whose header the walk has reached, at a depth of its tree.

    `noted` is given what of the parameters needs names.
    """
    data = source.data
    name = data[name_node.start_byte : name_node.end_byte].decode("utf-8", "replace")
    kind = SymbolKind.FUNCTION
    if is_class:
        kind = SymbolKind.CLASS
    elif above.kind is SymbolKind.CLASS:
        kind = SymbolKind.METHOD
    frame = Frame(depth=depth, kind=kind, name=name, local_name=name, parent=above.index)
    frame.end = node.end_point
    frame.name_at = name_node.start_point
    body = node.child_by_field_name("body")
    frame.body_line = body.start_point[0] if body is not None else node.end_point[0]
    if above.kind is SymbolKind.CLASS:
        frame.local_name = f"{above.local_name}.{name}"
        frame.traits |= above.traits & (_NESTED | _PROTOCOL | _CONDITIONAL | _TYPE_CHECKING)
    elif above.kind is not None:
        frame.local_name = f"{above.local_name}.<locals>.{name}"
        frame.traits |= _NESTED
    if is_class:
        frame.bases = base_names(node.child_by_field_name("superclasses"), data)
        if any(base.partition("[")[0].rpartition(".")[2] in _INTERFACES for base in frame.bases):
            frame.traits |= _PROTOCOL
    else:
        if data[node.start_byte : node.start_byte + 5] == b"async":
            frame.traits |= _ASYNC
        held = node.child_by_field_name("parameters")
        if held is not None:
            children = held.named_children
            frame.parameters = parameters_of(children, data)
            noted.parameters(held, children, data[held.start_byte : held.end_byte])
        returns = node.child_by_field_name("return_type")
        if returns is not None:
            frame.returns = one_line(data[returns.start_byte : returns.end_byte])
    if name.startswith("__") and name.endswith("__") and len(name) > 4:
        frame.traits |= _DUNDER
    return frame


def close_frame(
    ended: Frame,
    above: Frame,
    open_frames: list[Frame],
    names: Names,
    source: Source,
    references: set[str],
) -> Definition:
    """The definition of a frame that has ended; what it holds counts for the enclosing function too.

    `names` are those that the module imports; what is reached through them is added to `references`.
    """
    if ended.local_imports or any(one.local_imports for one in open_frames):
        names = {**names}
        for one in [*open_frames, ended]:
            names.update((alias.encode(), target) for alias, target in one.local_imports.items())
    features = features_of(ended, names, references)
    if above.kind is SymbolKind.CLASS:
        if ended.kind is SymbolKind.METHOD:
            above.members.append(ended.name)
            above.member_calls.update(ended.calls)
            if len(above.member_skeletons) < MAX_CLASS_SKELETON:
                above.member_skeletons.append(METHOD_CODE)
                above.member_skeletons.extend(ended.skeleton)
            above.attributes.extend(set(ended.attributes))
            above.dotted.extend({one for one in ended.dotted if one.startswith(b"self.")})
    elif above.kind is not None:
        above.take(ended)
    real = len(ended.statements) - ended.empty_statements
    traits = ended.traits
    if real <= 0 and not (ended.kind is SymbolKind.CLASS and ended.members):
        traits |= _EMPTY
    if real == 1 and ended.skeleton[ended.statements[0] :][:1] == b"Q":
        traits |= _RAISES_ONLY
    skeleton = bytes(ended.skeleton[:MAX_SKELETON])
    if ended.kind is SymbolKind.CLASS:
        skeleton = bytes((ended.skeleton + ended.member_skeletons)[:MAX_CLASS_SKELETON])
        if not any(not _is_dunder(one) for one in ended.members):
            traits |= _DATA
    end_line, end_column = ended.end
    return Definition(
        name=ended.name,
        local_name=ended.local_name,
        kind=ended.kind or SymbolKind.FUNCTION,
        start_line=ended.start[0],
        start_column=source.column(*ended.start),
        end_line=end_line,
        end_column=source.column(end_line, end_column),
        name_line=ended.name_at[0],
        name_column=source.column(*ended.name_at),
        body_line=ended.body_line,
        parameters=ended.parameters,
        returns=ended.returns,
        docstring=ended.docstring,
        decorators=ended.decorators,
        bases=ended.bases,
        members=tuple(ended.members),
        traits=traits,
        statements=max(real, 0),
        features=features,
        skeleton=skeleton,
        parent=ended.parent,
    )


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
