"""The new definition keeps its signature, and its body becomes a call of the existing one."""

from __future__ import annotations

import libcst as cst

from canonry.edits.align import corresponding_names
from canonry.edits.binding import names_of
from canonry.edits.calls import Unmappable
from canonry.edits.definitions import Definition, is_docstring, read_definition
from canonry.edits.existing import Doubts, doubts_about, told_stub
from canonry.edits.facts import Facts, differences, read_facts
from canonry.edits.importing import Imported, find_import, write_import
from canonry.edits.imports import find_unused_imports
from canonry.edits.names import Names, Scope, ScopeKind
from canonry.edits.naming import exported_names
from canonry.edits.pairing import POSITIONAL, delegated_names, pair_signatures, types_agree
from canonry.edits.references import Parsed, sites_in
from canonry.edits.sites import changing_decorator
from canonry.edits.sources import UseExisting, told_patches
from canonry.edits.surroundings import differing_surroundings
from canonry.edits.text import Lines, Splice, join_deletions, splice_text, to_edits
from canonry.edits.tree import Tree, Unparsed, computed, parse_text
from canonry.edits.verify import problem_with
from canonry.model import (
    Applicability,
    FileEdit,
    Fix,
    Parameter,
    ParameterKind,
    Refusal,
    Signature,
    Symbol,
    SymbolKind,
    Trait,
)

_KEPT_DECORATORS = frozenset(
    ("cache", "lru_cache", "cached", "staticmethod", "classmethod", "final", "override", "deprecated",
     "no_type_check", "typechecked", "beartype", "validate_call", "wraps")
)  # fmt: skip
"""Decorators for which a function that calls another one is as good as that one's body."""


def delegate(request: UseExisting) -> Fix | Refusal:
    """The change that makes the new function call the existing one, or why it cannot be made.

    What uses the new function is left alone: name, parameters, decorators, docstring and the comments at the
    head and the end of the body stay. Nothing is refused that an import could not do: methods and nested
    functions may delegate as well.
    """
    return computed(_compute, request)


def _compute(request: UseExisting) -> Fix | Refusal:
    tree = parse_text(request.file.text)
    if isinstance(tree, Unparsed):
        return Refusal(f"the file {tree.reason}")
    new = read_definition(request.file.text, request.definition)
    target = read_definition(request.target_file.text, request.target)
    if new is None or target is None:
        gone = request.definition if new is None else request.target
        return Refusal(f"{gone.name} is no longer where it was")
    if not isinstance(new.node, cst.FunctionDef) or not isinstance(target.node, cst.FunctionDef):
        return Refusal("only functions can delegate, and only to functions")
    mine, theirs = read_facts(new.node), read_facts(target.node)
    reason = _reason_against(request, new, target, mine, theirs)
    if reason:
        return Refusal(reason)
    doubts = _doubts(request)
    if doubts.refusal:
        return Refusal(doubts.refusal)
    names = names_of(tree)
    scope = _scope(tree, names, request.definition)
    if scope is None or not isinstance(scope.node, cst.FunctionDef):
        return Refusal(f"{new.name} is no longer where it was")
    call = _call(request, new, target)
    if isinstance(call, Unmappable):
        return Refusal(call.reason)
    before = statement_start(tree, scope.node)
    prefix, found = "", Imported("")
    if request.target.kind is SymbolKind.METHOD:
        prefix = f"{_receiver(new)}."
        callee = target.name
    else:
        imported = find_import(request, tree, names, [scope], before, runs_later=True)
        if isinstance(imported, Refusal):
            return imported
        if imported.name.startswith("__") and not imported.name.endswith("__"):
            return Refusal(f"{imported.name} would be taken for a private name of a class")
        if imported.name in {one.name for one in _signature(new).parameters}:
            return Refusal(f"a parameter of {new.name} is called {imported.name}")
        found, callee = imported, imported.name
    cautions = [*doubts.cautions, *call[1], *_surroundings(request, names, new, target)]
    cautions += told_patches(request.target.name, request.patched_in)
    cautions += told_stub(request.target.name, request.target_stub)
    return _fix(request, tree, names, scope, new, target, f"{prefix}{callee}({call[0]})", cautions, found)


def _surroundings(request: UseExisting, names: Names, new: Definition, target: Definition) -> list[str]:
    """What the names that both bodies read mean in the two modules, where that differs."""
    if request.file.path == request.target_file.path:
        return []
    return differing_surroundings(new, names, target, request)


# Reasons against it


def _reason_against(
    request: UseExisting, new: Definition, target: Definition, mine: Facts, theirs: Facts
) -> str:
    existing, name = request.target, request.target.name
    for text in new.decorators:
        if text.partition("(")[0].rpartition(".")[2] not in _KEPT_DECORATORS:
            return f"{new.name} is decorated with @{text.partition('(')[0]}, which needs its body"
    if request.definition.traits & (Trait.OVERLOAD | Trait.ABSTRACT | Trait.PROTOCOL | Trait.EMPTY):
        return f"{new.name} has no body of its own"
    if request.file.path.suffix == ".pyi" or existing.path.suffix == ".pyi":
        return "a stub describes code that stands elsewhere"
    if delegated_names(new, target) is not None:
        return f"{new.name} does nothing but call {name} already"
    if existing.kind is SymbolKind.METHOD:
        owner = existing.qualified_name.rpartition(".")[0]
        if request.definition.qualified_name.rpartition(".")[0] != owner or target.decorators:
            return f"{name} is a method of {owner.rpartition('.')[2]}; call it on an instance"
        if _receiver(new) == "" or new.decorators:
            return f"{new.name} has no instance to call {name} on"
    elif not existing.importable and existing.path != request.file.path:
        return f"{existing.qualified_name} cannot be imported"
    elif "." in existing.local_name:
        return f"{existing.local_name} is defined inside another definition"
    if changing := changing_decorator(target):
        return f"{changing} changes what a call gives"
    if existing.traits & Trait.TYPE_CHECKING:
        return f"{name} exists for type checkers only"
    if mine.is_generator != theirs.is_generator:
        one, other = (name, new.name) if theirs.is_generator else (new.name, name)
        return f"{one} is a generator, and {other} is none"
    if theirs.is_async and not mine.is_async:
        return f"{name} is async, and {new.name} cannot await it"
    if mine.is_generator and theirs.is_async != mine.is_async:
        return f"{name} is not async, and {new.name} is an async generator"
    if _uses_itself(request):
        return f"{name} itself uses {new.name}"
    return ""


def _doubts(request: UseExisting) -> Doubts:
    if request.target.kind is SymbolKind.METHOD:
        return Doubts()
    return doubts_about(request.target, request.target_file, request.target_stub)


def _uses_itself(request: UseExisting) -> bool:
    """Whether the existing definition uses the new one, so that they would call each other for ever."""
    tree = parse_text(request.target_file.text)
    if isinstance(tree, Unparsed):
        return False
    names, definition, target = names_of(tree), request.definition, request.target
    nodes: list[cst.CSTNode] = []
    if request.target_file.path == request.file.path:
        nodes = [use.node for use in names.uses.get(definition.name, ())]
        if definition.kind is SymbolKind.METHOD:
            text = request.target_file.text
            lines = Lines(text)
            start, end = lines.offset(target.range.start), lines.offset(target.range.end)
            return f".{definition.name}(" in text[start:end]
    else:
        known = {f"{request.file.module}.{definition.name}"}
        parsed = Parsed(request.target_file, tree, names)
        nodes = [site.node for site, _ in sites_in(parsed, known)]
    return any(
        target.range.start <= tree.lines.position(tree.span(one)[0]) < target.range.end for one in nodes
    )


# The call


def _signature(definition: Definition) -> Signature:
    found = definition.signature
    assert found is not None  # it is a function
    return found


def _receiver(new: Definition) -> str:
    """What a method calls its instance or class; "" for what is no method."""
    parameters = _signature(new).parameters
    decorators = {one.rpartition(".")[2] for one in new.decorators}
    if not parameters or "staticmethod" in decorators or parameters[0].kind not in POSITIONAL:
        return ""
    return parameters[0].name


def _call(request: UseExisting, new: Definition, target: Definition) -> tuple[str, list[str]] | Unmappable:
    """The arguments that hand everything on, and what may change by that."""
    mine, theirs = _signature(new), _signature(target)
    is_method = request.definition.kind is SymbolKind.METHOD
    if is_method and _receiver(new):
        mine = Signature(mine.parameters[1:], mine.returns, mine.is_async)
    if request.target.kind is SymbolKind.METHOD:
        theirs = Signature(theirs.parameters[1:], theirs.returns, theirs.is_async)
    assert isinstance(new.node, cst.FunctionDef) and isinstance(target.node, cst.FunctionDef)
    known = corresponding_names(new.node, new.names, target.node, target.names) or {}
    pairing = pair_signatures(mine, theirs, known)
    cautions: list[str] = []
    by_target: dict[str, Parameter] = {}
    for one in mine.parameters:
        pair = pairing.pairs.get(one.name)
        if pair is None:
            return Unmappable(f"{target.name} has no parameter for {one.name!r}")
        by_target[pair.target.name] = one
        if not pair.sure:
            cautions.append(f"{one.name!r} is passed as {pair.target.name!r}")
        elif not types_agree(one, pair.target):
            cautions.append(
                f"{pair.target.name!r} is annotated {pair.target.annotation}, not {one.annotation}"
            )
    starred = next((one for one in theirs.parameters if one.kind is ParameterKind.VAR_POSITIONAL), None)
    by_position = starred is not None and starred.name in by_target
    parts: list[str] = []
    gap = False
    for place in theirs.parameters:
        given = by_target.get(place.name)
        if given is None:
            if place.required:
                return Unmappable(f"{new.name} has nothing for {place.name!r}, which {target.name} requires")
            gap = gap or place.kind in POSITIONAL
        elif place.kind is ParameterKind.VAR_POSITIONAL:
            if gap:
                return Unmappable(f"{target.name} takes other arguments before {place.name!r}")
            parts.append(f"*{given.name}")
        elif place.kind is ParameterKind.VAR_KEYWORD:
            parts.append(f"**{given.name}")
        elif place.kind is ParameterKind.POSITIONAL_ONLY or (
            place.kind is ParameterKind.POSITIONAL_OR_KEYWORD
            and not gap
            and (by_position or given.kind in POSITIONAL)
        ):
            if gap:
                return Unmappable(f"{target.name} takes {place.name!r} by its place only")
            parts.append(given.name)
        else:
            parts.append(f"{place.name}={given.name}")
            gap = True
    return ", ".join(parts), cautions


# The text


def _scope(tree: Tree, names: Names, symbol: Symbol) -> Scope | None:
    """The scope of the function that a symbol means."""
    try:
        start = tree.lines.offset(symbol.name_range.start)
    except ValueError:
        return None
    for scope in names.scopes:
        node = scope.node
        if scope.kind is ScopeKind.FUNCTION and isinstance(node, cst.FunctionDef):
            name_start, _ = tree.span(node.name)
            if name_start == start:
                return scope
    return None


def statement_start(tree: Tree, node: cst.CSTNode) -> int:
    """Where the statement of the module begins that a node stands in."""
    start = tree.span(node)[0]
    for one in tree.module.body:
        first, last = tree.span(one)
        if isinstance(one, (cst.FunctionDef, cst.ClassDef)):
            first = min([first, *(tree.span(decorator)[0] for decorator in one.decorators)])
        if first <= start <= last:
            return first
    return start


def _fix(
    request: UseExisting,
    tree: Tree,
    names: Names,
    scope: Scope,
    new: Definition,
    target: Definition,
    call: str,
    cautions: list[str],
    found: Imported,
) -> Fix | Refusal:
    node = scope.node
    assert isinstance(node, cst.FunctionDef) and isinstance(target.node, cst.FunctionDef)
    if not isinstance(node.body, cst.IndentedBlock):
        return Refusal(f"the body of {new.name} stands on the line of its header")
    lines = tree.lines
    body = list(node.body.body)
    has_docstring = isinstance(body[0], cst.SimpleStatementLine) and is_docstring(body[0].body[0])
    if has_docstring and isinstance(body[0], cst.SimpleStatementLine) and len(body[0].body) > 1:
        return Refusal(f"the docstring of {new.name} shares its line with code")
    rest = body[1:] if has_docstring else body
    if not rest:
        return Refusal(f"{new.name} has no body yet")
    first = tree.span(rest[0])[0]
    if isinstance(rest[0], (cst.FunctionDef, cst.ClassDef)):
        first = min([first, *(tree.span(one)[0] for one in rest[0].decorators)])
    start = lines.starts[lines.line_of(first)]
    indent = tree.text[start:first]
    last = lines.line_of(tree.span(rest[-1])[1])
    removed = (start, lines.after(last))
    ending = lines.ending(lines.line_of(first))
    statements = _statements(read_facts(node), read_facts(target.node), call)
    if found.in_function:
        statements = [f"from {found.module} import {found.member(target.name)}", "", *statements]
    ends_file = not tree.text[: removed[1]].endswith(("\n", "\r"))
    written = ending.join(indent + one if one else "" for one in statements) + ("" if ends_file else ending)
    splices = [Splice(*removed, written)]
    kept = {*request.exported, *exported_names(tree.module), found.name}
    unused = find_unused_imports(tree, names, request.file, [removed], kept)
    before = statement_start(tree, node)
    splices += write_import(request, tree, names, found, before, unused, splices)
    splices = join_deletions(splices)
    after = splice_text(request.file.text, splices)
    problem = problem_with(names, after, found.name if found.module and not found.in_function else "")
    if problem:
        return Refusal(f"internal: {problem}")
    cautions = [*dict.fromkeys([*cautions, *_differences(new, target)])]
    where = "" if request.target_file.path == request.file.path else f" from {request.target.module}"
    return Fix(
        f"Delegate {new.name} to {target.name}{where}",
        (FileEdit(request.file.path, to_edits(lines, splices), request.file.version),),
        Applicability.UNSAFE if cautions else Applicability.SAFE,
        "; ".join(cautions),
    )


def _differences(new: Definition, target: Definition) -> list[str]:
    """What callers may notice; that decorators stay with the new definition is none of it."""
    found = differences(new, target)
    if new.decorators and not target.decorators:
        found = [one for one in found if "is not decorated with" not in one]
    return found


def _statements(mine: Facts, theirs: Facts, call: str) -> list[str]:
    if mine.is_generator and mine.is_async:
        return [f"async for item in {call}:", "    yield item"]
    if mine.is_generator:
        returns = any(one != "None" for one in mine.returns | theirs.returns)
        return [f"return (yield from {call})" if returns else f"yield from {call}"]
    value = f"await {call}" if theirs.is_async else call
    return [value] if mine.returns == {"None"} else [f"return {value}"]
