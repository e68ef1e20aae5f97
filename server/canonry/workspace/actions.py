"""What can be done about a finding: cheap titles first, the change when one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from canonry.config import SETTINGS_FILES
from canonry.model import (
    Action,
    ActionKind,
    Applicability,
    Finding,
    Fix,
    Location,
    Range,
    Refusal,
    Symbol,
    SymbolKind,
)
from canonry.syntax import Definition
from canonry.workspace.buffers import Document
from canonry.workspace.check import Checker
from canonry.workspace.editing import Files, replace_uses, use_request

MOST_TARGETS = 3
"""Existing definitions that a menu offers."""
SUPERSEDED = "CN004"
"""Its findings have the superseded definition as their symbol, the one to use first among the related."""


def actions(checker: Checker, document: Document, range: Range) -> tuple[Action, ...]:
    """The actions for the findings whose definition's header touches a range."""
    found: list[Action] = []
    for finding in checker.findings():
        if finding.code == SUPERSEDED:
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
        for at, match in enumerate(matches):
            found.append(_use(document, definition, finding, match.symbol, at == 0))
        for match in matches:
            symbol = match.symbol
            found.append(
                Action(
                    ActionKind.OPEN_EXISTING,
                    f"Open existing {symbol.qualified_name}",
                    document.path,
                    finding.symbol,
                    definition.name_line,
                    target=symbol.qualified_name,
                    target_location=Location(symbol.path, symbol.name_range),
                    code=finding.code,
                )
            )
        best = matches[0].symbol.qualified_name if matches else ""
        common = (document.path, finding.symbol, definition.name_line)
        if best:
            title = f"Accept {definition.name} beside {best}, in the settings"
            found.append(Action(ActionKind.ACCEPT, title, *common, target=best, code=finding.code))
        title = f"Ignore {finding.code} here"
        found.append(Action(ActionKind.IGNORE, title, *common, target=best, code=finding.code))
    return tuple(found)


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
    if action.kind is ActionKind.OPEN_EXISTING:
        return Refusal("opening a file changes nothing")
    if action.kind is ActionKind.IGNORE:
        from canonry.edits.ignore import ignore_here

        return ignore_here(document.path, document.text, definition.name_line, action.code, document.version)
    if action.kind is ActionKind.ACCEPT:
        told = reason or f"accepted in the editor on {date.today().isoformat()}"
        return _accept(files, (action.symbol, action.target), told)
    for match in checker.similar(definition):
        if match.symbol.qualified_name == action.target:
            from canonry.edits.use_existing import use_existing

            request = use_request(files, document, definition, match.symbol)
            return request if isinstance(request, Refusal) else use_existing(request)
    return Refusal(f"`{action.target}` is no longer there")


def _replacing(document: Document, finding: Finding, range: Range) -> Iterator[Action]:
    """What can be done about a superseded definition, at a use of it or where it stands."""
    if not finding.range.overlaps(range) or not finding.related:
        return
    best = finding.related[0]
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

        return ignore_here(
            document.path, document.text, finding.range.start.line, action.code, document.version
        )
    return next(one for one in finding.fixes if one.title == action.title).compute()


def _use(document: Document, definition: Definition, finding: Finding, symbol: Symbol, best: bool) -> Action:
    disabled = _impossible(definition, symbol)
    return Action(
        ActionKind.USE_EXISTING,
        f"Use existing {symbol.name} from {symbol.module or symbol.path.name}",
        document.path,
        finding.symbol,
        definition.name_line,
        target=symbol.qualified_name,
        target_location=Location(symbol.path, symbol.name_range),
        code=finding.code,
        preferred=best and not disabled,
        disabled=disabled,
        applicability=Applicability.SAFE,
    )


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


def _accept(files: Files, symbols: Sequence[str], reason: str) -> Fix | Refusal:
    from canonry.edits.accept import accept

    root = files.index.root
    read = {path: files.text_of(path) for name in SETTINGS_FILES if (path := root / name).is_file()}
    texts = {path: text for path, (text, _) in read.items()}
    versions = {path: version for path, (_, version) in read.items() if version is not None}
    return accept(root, texts, symbols, reason, versions=versions)


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
