"""What can be done about a finding: cheap titles first, the change when one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from canonry.config import SETTINGS_FILES
from canonry.model import (
    Action,
    ActionKind,
    Finding,
    Fix,
    Location,
    Range,
    Refusal,
    Symbol,
    SymbolKind,
)
from canonry.rules.base import RuleContext
from canonry.rules.facts.relatives import inherited_from
from canonry.syntax import Definition, UnreadableSource
from canonry.workspace.buffers import Document
from canonry.workspace.check import Checker
from canonry.workspace.editing import Files, mixed_below, replace_uses, use_request, users_of
from canonry.workspace.ignored import end_of_string
from canonry.workspace.symbols import make_symbol

MOST_TARGETS = 3
"""Existing definitions that a menu offers."""
SUPERSEDED = "CN004"
"""Its findings have the superseded definition as their symbol, the one to use first among the related."""


def actions(checker: Checker, document: Document, range: Range) -> tuple[Action, ...]:
    """The actions for the findings whose definition's header touches a range."""
    found: list[Action] = []
    for finding in checker.findings():
        if finding.code == SUPERSEDED and any(one.qualified_name for one in finding.related):
            found += _replacing(document, finding, range)
            continue
        definition = _definition(document, finding) if finding.probability is not None else None
        if definition is None:
            if finding.range.start.line <= range.end.line and range.start.line <= finding.range.end.line:
                found.extend(_of_rule(document, finding))
            continue
        if not _touches(definition, range):
            continue
        matches = checker.matches(definition)[:MOST_TARGETS]
        targets = [match.symbol for match in matches]
        inherited = [one.qualified_name for one in targets if _is_inherited(finding.symbol, one, checker)]
        found += _of_definition(document, finding, definition, targets, inherited)
    return tuple(found)


def _is_inherited(symbol: str, target: Symbol, context: RuleContext) -> bool:
    """Whether the class of a method, by its qualified name, would have another one without it."""
    owner, _, name = symbol.rpartition(".")
    if target.kind is not SymbolKind.METHOD or target.name != name:
        return False
    return f"{inherited_from(owner, name, context)}.{name}" == target.qualified_name


def _of_definition(
    document: Document,
    finding: Finding,
    definition: Definition,
    targets: Sequence[Symbol],
    inherited: Sequence[str],
) -> Iterator[Action]:
    """The menu of a definition: what changes code first, then what shows code, then what decides.

    `inherited` are those of the targets, by qualified name, that a method's class would have without it.
    """

    def action(kind: ActionKind, title: str, symbol: Symbol | None, disabled: str = "") -> Action:
        return Action(
            kind,
            title,
            document.path,
            finding.symbol,
            definition.name_line,
            target=symbol.qualified_name if symbol else "",
            target_location=Location(symbol.path, symbol.name_range) if symbol else None,
            code=finding.code,
            disabled=disabled,
        )

    for at, symbol in enumerate(targets):
        if symbol.qualified_name in inherited:
            owner = symbol.qualified_name.rpartition(".")[0].rpartition(".")[2]
            title = f"Remove {definition.name}: it is inherited from {owner}"
            yield replace(action(ActionKind.INHERIT, title, symbol), preferred=at == 0)
            continue
        use = action(
            ActionKind.USE_EXISTING,
            f"Use existing {symbol.name} from {_home(symbol)}",
            symbol,
            _impossible(definition, symbol),
        )
        yield replace(use, preferred=at == 0 and not use.disabled)
    for symbol in targets[:1]:
        if symbol.qualified_name in inherited:
            continue  # a method that calls what it overrides is no better than none
        if definition.kind is not SymbolKind.CLASS:
            title = f"Delegate to {symbol.name} from {_home(symbol)}"
            yield action(ActionKind.DELEGATE, title, symbol, _no_delegate(definition, symbol))
        elif symbol.kind is SymbolKind.CLASS:
            title = f"Extend {symbol.name} from {_home(symbol)}"
            yield action(ActionKind.EXTEND, title, symbol, _no_import(document, symbol))
    for symbol in targets:
        yield action(ActionKind.OPEN_EXISTING, f"Open existing {symbol.qualified_name}", symbol)
    for symbol in targets[:1]:
        own = Location(document.path, definition.range)
        beside = action(ActionKind.COMPARE, f"Compare with existing {symbol.name}", symbol)
        yield replace(beside, location=own, target_location=Location(symbol.path, symbol.range))
        title = f"Accept {definition.name} beside {symbol.qualified_name}, in the settings"
        yield action(ActionKind.ACCEPT, title, symbol)
        title = f"Declare {symbol.qualified_name} canonical, by a comment"
        yield action(ActionKind.MARK_CANONICAL, title, symbol)
        title = f"Declare {symbol.qualified_name} canonical, in the settings"
        yield action(ActionKind.REGISTER_CANONICAL, title, symbol)
    yield action(ActionKind.IGNORE, f"Ignore {finding.code} here", targets[0] if targets else None)


def _change(
    kind: ActionKind, definition: Definition, target: Symbol, checker: Checker, files: Files
) -> Fix | Refusal:
    if kind is ActionKind.MARK_CANONICAL:
        return _mark(files, target)
    document = checker.document
    # What is saved by itself a second later is as new as what is not saved.
    is_new = checker.is_new(definition) or not document.was_there(definition.name)
    request = use_request(files, document, definition, target, is_new, checker.canonical)
    if isinstance(request, Refusal):
        return request
    if kind is ActionKind.INHERIT:
        from canonry.edits.inherit import inherit

        return inherit(request)
    if kind is ActionKind.DELEGATE:
        from canonry.edits.delegate import delegate

        return delegate(request)
    if kind is ActionKind.EXTEND:
        from canonry.edits.extend import extend

        users = users_of(files, target, document)
        return users if isinstance(users, Refusal) else extend(replace(request, others=users))
    from canonry.edits.use_existing import use_existing

    return use_existing(request)


def _home(symbol: Symbol) -> str:
    return symbol.module or symbol.path.name


def resolve(
    action: Action,
    document: Document,
    checker: Checker,
    files: Files,
    reason: str,
) -> Fix | Refusal:
    """The change of an action for the newest text; a refusal says in words why there is none."""
    if action.kind is ActionKind.REPLACE_ALL_USES:
        return replace_uses(files, action.symbol, action.target)
    if action.kind is ActionKind.REPLACE_USE:
        if action.place is None:
            return Refusal("it is not said which use is meant")
        return replace_uses(files, action.symbol, action.target, (document.path, action.place))
    if action.kind is ActionKind.FIX or (action.kind is ActionKind.IGNORE and action.code != "CN001"):
        return _resolve_of_rule(action, document, checker)
    definition = _by_name(document, action)
    if definition is None:
        return Refusal(f"`{action.symbol}` is no longer in {document.relative}")
    if action.kind in (ActionKind.OPEN_EXISTING, ActionKind.COMPARE):
        return Refusal("opening a file changes nothing")
    if action.kind is ActionKind.IGNORE:
        from canonry.edits.ignore import ignore_here

        return ignore_here(document.path, document.text, definition.name_line, action.code, document.version)
    if action.kind is ActionKind.ACCEPT:
        told = reason or f"accepted in the editor on {date.today().isoformat()}"
        return _accept(files, (action.symbol, action.target), told)
    if action.kind is ActionKind.REGISTER_CANONICAL:
        return _register(files, action.target, action.symbol)
    for match in checker.similar(definition):
        if match.symbol.qualified_name == action.target:
            reason = ""
            if action.kind is ActionKind.INHERIT:
                reason = _not_inherited(action, definition, match.symbol, document, checker, files)
            if reason:
                return Refusal(reason)
            return _change(action.kind, definition, match.symbol, checker, files)
    return Refusal(f"`{action.target}` is no longer there")


def _not_inherited(
    action: Action,
    definition: Definition,
    target: Symbol,
    document: Document,
    checker: Checker,
    files: Files,
) -> str:
    """Why a method cannot go in favour of the inherited one, as far as classes tell; "" for no reason."""
    if not _is_inherited(action.symbol, target, checker):
        return f"`{action.symbol}` would no longer be inherited from there"
    owner = make_symbol(document.facts, document.facts.definitions[definition.parent], document.path)
    mixed = mixed_below(files, owner)
    return f"{mixed} has other bases than {owner.name}, which may have {definition.name} too" if mixed else ""


def _replacing(document: Document, finding: Finding, range: Range) -> Iterator[Action]:
    """What can be done about a superseded definition, at a use of it or where it stands."""
    if not finding.range.overlaps(range):
        return
    best = next(one for one in finding.related if one.qualified_name)
    name, old = best.qualified_name, finding.symbol.rpartition(".")[2]
    line = finding.range.start.line
    common = (document.path, finding.symbol, line, name, best.location, finding.code)
    at = finding.range.start
    if not any(one.name_range == finding.range for one in document.facts.definitions):
        yield Action(ActionKind.REPLACE_USE, f"Use {name} here", *common, preferred=True, place=at)
    yield Action(ActionKind.REPLACE_ALL_USES, f"Replace every use of {old} by {name}", *common, place=at)


def _of_rule(document: Document, finding: Finding) -> Iterator[Action]:
    """What can be done about any rule's finding: its fixes, and to ignore it."""
    line = finding.range.start.line
    for one in finding.fixes:
        yield Action(
            ActionKind.FIX,
            one.title,
            document.path,
            finding.symbol,
            line,
            code=finding.code,
            preferred=one.preferred,
            applicability=one.applicability,
        )
    title = f"Ignore {finding.code} here"
    yield Action(ActionKind.IGNORE, title, document.path, finding.symbol, line, code=finding.code)


def _resolve_of_rule(action: Action, document: Document, checker: Checker) -> Fix | Refusal:
    """The rule is asked again: its edits are then those of the newest text."""
    found = [
        (abs(finding.range.start.line - action.line), at, finding)
        for at, finding in enumerate(checker.offered(action.code))
        if finding.symbol == action.symbol
        and (action.kind is ActionKind.IGNORE or any(one.title == action.title for one in finding.fixes))
    ]
    if not found:
        return Refusal(f"{action.code} has nothing to say there any more")
    finding = min(found, key=lambda one: one[:2])[2]
    if action.kind is ActionKind.IGNORE:
        from canonry.edits.ignore import ignore_here

        end = end_of_string(document, finding.range.start.line)
        return ignore_here(document.path, document.text, end.line, action.code, document.version, end.column)
    return next(one for one in finding.fixes if one.title == action.title).compute()


def _impossible(definition: Definition, symbol: Symbol) -> str:
    """Why an import can never take the definition's place, as far as the headers tell."""
    if definition.kind is SymbolKind.METHOD:
        return f"{definition.name} is a method; what is found through its class cannot be an import"
    if symbol.kind is SymbolKind.METHOD:
        owner = symbol.local_name.rpartition(".")[0]
        return f"{symbol.name} is a method of {owner}; call it on an instance"
    if not symbol.importable:
        return f"{symbol.qualified_name} cannot be imported"
    return ""


def _no_import(document: Document, symbol: Symbol) -> str:
    importable = symbol.importable or (symbol.path == document.path and "." not in symbol.local_name)
    return "" if importable else f"{symbol.qualified_name} cannot be imported"


def _no_delegate(definition: Definition, symbol: Symbol) -> str:
    """Why a function can never call the existing one, as far as the headers tell."""
    if symbol.kind is SymbolKind.CLASS:
        return f"{symbol.name} is a class"
    if symbol.kind is SymbolKind.METHOD and definition.kind is not SymbolKind.METHOD:
        owner = symbol.local_name.rpartition(".")[0]
        return f"{symbol.name} is a method of {owner}; call it on an instance"
    return ""


def _settings(files: Files) -> tuple[dict[Path, str], dict[Path, int]]:
    """The texts of the settings files that exist, and the versions of those that are open."""
    read: dict[Path, tuple[str, int | None]] = {}
    for name in SETTINGS_FILES:
        path = files.index.root / name
        try:
            read[path] = files.text_of(path)
        except FileNotFoundError:
            continue  # one that is open and was never saved has a text, and is read
    texts = {path: text for path, (text, _) in read.items()}
    return texts, {path: version for path, (_, version) in read.items() if version is not None}


def _register(files: Files, symbol: str, superseded: str) -> Fix | Refusal:
    from canonry.edits.accept import declare_canonical

    texts, versions = _settings(files)
    return declare_canonical(files.index.root, texts, symbol, superseded, versions)


def _mark(files: Files, symbol: Symbol) -> Fix | Refusal:
    from canonry.edits.ignore import mark

    try:
        file = files.source(symbol.path)
    except (OSError, UnreadableSource) as error:
        return Refusal(f"{symbol.path.name} cannot be read: {error}")
    title = f"Declare {symbol.name} canonical"
    return mark(file.path, file.text, symbol.name_range.start.line, "canonical", title, file.version)


def _accept(files: Files, symbols: Sequence[str], reason: str) -> Fix | Refusal:
    from canonry.edits.accept import accept

    texts, versions = _settings(files)
    return accept(files.index.root, texts, symbols, reason, versions=versions)


def _definition(document: Document, finding: Finding) -> Definition | None:
    for one in document.facts.definitions:
        if one.name_range == finding.range:
            return one
    return None


def _by_name(document: Document, action: Action) -> Definition | None:
    """The definition that an action is about: by its qualified name, nearest to where it stood."""
    prefix = f"{document.facts.module}." if document.facts.module else ""
    named = [one for one in document.facts.definitions if prefix + one.local_name == action.symbol]
    return min(named, key=lambda one: abs(one.name_line - action.line), default=None)


def _touches(definition: Definition, range: Range) -> bool:
    """Whether a cursor or selection is in the header's lines: decorators to the line before the body."""
    last = max(definition.name_line, definition.body_line - 1)
    return definition.start_line <= range.end.line and range.start.line <= last
