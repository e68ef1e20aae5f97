"""What is read by field and text: parameters, bases, decorators, imports, `__all__`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tree_sitter import Node

from canonry.model import Parameter, ParameterKind, Trait
from canonry.syntax.facts import Import
from canonry.syntax.grammar import IDENTIFIER_KIND, kind_name

MAX_HEADER_TEXT = 200
"""Code points kept of an annotation, a default or a decorator."""

_STRING_START = re.compile(r"""^[A-Za-z]*('''|\"\"\"|'|")""")

_DECORATOR_TRAITS: dict[str, int] = {
    "property": int(Trait.PROPERTY),
    "cached_property": int(Trait.PROPERTY),
    "setter": int(Trait.PROPERTY),
    "getter": int(Trait.PROPERTY),
    "deleter": int(Trait.PROPERTY),
    "abstractproperty": int(Trait.PROPERTY | Trait.ABSTRACT),
    "hybrid_property": int(Trait.PROPERTY),
    "overload": int(Trait.OVERLOAD),
    "abstractmethod": int(Trait.ABSTRACT),
    "staticmethod": int(Trait.STATIC),
    "classmethod": int(Trait.CLASSMETHOD),
    "override": int(Trait.OVERRIDE),
    "fixture": int(Trait.TEST),
}


def one_line(text: bytes) -> str:
    """Source text on one line, shortened to MAX_HEADER_TEXT."""
    flat = " ".join(text.decode("utf-8", "replace").split())
    return flat if len(flat) <= MAX_HEADER_TEXT else flat[: MAX_HEADER_TEXT - 1] + "…"


def string_text(text: bytes) -> str:
    """The content of a string literal as written, quotes and prefix off, indentation of lines off."""
    decoded = text.decode("utf-8", "replace")
    found = _STRING_START.match(decoded)
    if found:
        quote = found.group(1)
        decoded = decoded[found.end() :]
        decoded = decoded.removesuffix(quote)
    lines = decoded.splitlines()
    return "\n".join(line.strip() for line in lines).strip() if len(lines) > 1 else decoded.strip()


def decorator_traits(decorators: tuple[str, ...]) -> int:
    """The traits that decorators give a definition, by the last part of their names; as a number."""
    traits = 0
    for decorator in decorators:
        name = decorator.partition("(")[0].strip()
        traits |= _DECORATOR_TRAITS.get(name.rpartition(".")[2], 0)
    return traits


def base_names(superclasses: Node | None, data: bytes) -> tuple[str, ...]:
    """Base classes as written, keywords (`metaclass=`) among them."""
    if superclasses is None:
        return ()
    return tuple(
        one_line(data[child.start_byte : child.end_byte])
        for child in superclasses.named_children[:20]
        if kind_name(child) != "comment"
    )


def parameters_of(children: Sequence[Node], data: bytes) -> tuple[Parameter, ...]:
    """The parameters that the children of a `parameters` node are; what is broken in it is left out."""
    found: list[Parameter] = []
    kind = ParameterKind.POSITIONAL_OR_KEYWORD

    def text(node: Node | None) -> str | None:
        return None if node is None else one_line(data[node.start_byte : node.end_byte])

    for child in children:
        if child.kind_id == IDENTIFIER_KIND:
            label = text(child)
            if label:
                found.append(Parameter(label, kind))
            continue
        name = kind_name(child)
        annotation = default = None
        own = kind
        target: Node | None = child
        if name in ("typed_parameter", "typed_default_parameter"):
            annotation = text(child.child_by_field_name("type"))
        if name in ("default_parameter", "typed_default_parameter"):
            default = text(child.child_by_field_name("value"))
            target = child.child_by_field_name("name")
        elif name == "typed_parameter":
            target = child.named_child(0)
        if target is None:
            continue
        inner = kind_name(target)
        if name == "keyword_separator":
            kind = ParameterKind.KEYWORD_ONLY
            continue
        if name == "positional_separator":
            found = [
                Parameter(one.name, ParameterKind.POSITIONAL_ONLY, one.annotation, one.default)
                for one in found
            ]
            continue
        if inner == "list_splat_pattern":
            own, kind = ParameterKind.VAR_POSITIONAL, ParameterKind.KEYWORD_ONLY
        elif inner == "dictionary_splat_pattern":
            own = ParameterKind.VAR_KEYWORD
        elif inner not in ("identifier", "tuple_pattern"):
            continue
        label = (text(target) or "").lstrip("* ")
        if label:
            found.append(Parameter(label, own, annotation, default))
    return tuple(found)


def imports_of(
    node: Node, data: bytes, module: str, is_package: bool, local: bool, type_checking: bool, offset: int = 0
) -> list[Import]:
    """The names that one import statement binds. `offset` is where `data` begins in the text."""
    line = node.start_point[0]
    found: list[Import] = []

    def dotted(child: Node) -> str:
        written = data[child.start_byte - offset : child.end_byte - offset]
        return written.decode("utf-8", "replace").replace(" ", "")

    source = node.child_by_field_name("module_name")
    kind = kind_name(node)
    base = ""
    if kind == "future_import_statement":
        base = "__future__"
    elif kind == "import_from_statement":
        base = absolute_module(dotted(source), module, is_package) if source is not None else ""
    for child in node.named_children:
        if source is not None and child.start_byte == source.start_byte:
            continue
        name = kind_name(child)
        alias = ""
        if name == "aliased_import":
            alias_node = child.child_by_field_name("alias")
            name_node = child.child_by_field_name("name")
            if name_node is None or alias_node is None:
                continue
            alias, told = dotted(alias_node), dotted(name_node)
        elif name == "dotted_name":
            told = dotted(child)
        elif name == "wildcard_import":
            told = alias = "*"
        else:
            continue
        if kind == "import_statement":
            first, dot, _ = told.partition(".")
            if dot and alias == first:
                # `import a.b as a`: with an empty name it would say that `a` is `a`.
                package, _, last = told.rpartition(".")
                found.append(Import(package, last, alias, line, local, type_checking))
            else:
                found.append(Import(told, "", alias or first, line, local, type_checking))
        elif base:
            found.append(Import(base, told, alias or told, line, local, type_checking))
    return found


def absolute_module(written: str, module: str, is_package: bool) -> str:
    """The absolute name of the module that `from written import ...` names in `module`.

    Relative names beyond the top package, or in a module without a name, keep their dots.
    """
    level = len(written) - len(written.lstrip("."))
    if not level or not module:
        return written
    parts = module.split(".")
    drop = level - 1 if is_package else level
    if drop >= len(parts) + (1 if is_package else 0):
        return written
    kept = parts[: len(parts) - drop]
    rest = written[level:]
    return ".".join([*kept, rest] if rest else kept)


def exported_names(assignment: Node, left: Node, data: bytes) -> list[str] | None:
    """The names of `__all__ = [...]` or `__all__ += [...]`; None where `left` says that it is another
    assignment.
    """
    if data[left.start_byte : left.end_byte] != b"__all__":
        return None
    right = assignment.child_by_field_name("right")
    if right is None:
        return []
    return [
        string_text(data[child.start_byte : child.end_byte])
        for child in right.named_children
        if kind_name(child) == "string"
    ]
