"""What can be done about a finding: cheap titles first, the change when one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from canonry.config import SETTINGS_FILES, Settings
from canonry.index.live import LiveIndex
from canonry.index.snapshot import Snapshot
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
from canonry.syntax import Definition, UnreadableSource
from canonry.workspace.buffers import Document
from canonry.workspace.check import Checker
from canonry.workspace.symbols import make_symbol

MOST_TARGETS = 3
"""Existing definitions that a menu offers."""
MOST_FILES = 200
"""Files that may refer to a definition; a change that would have to look at more is refused."""

TextOf = Callable[[Path], str]


def actions(checker: Checker, document: Document, range: Range) -> tuple[Action, ...]:
    """The actions for the findings whose definition's header touches a range."""
    found: list[Action] = []
    for finding in checker.findings():
        definition = _definition(document, finding)
        if definition is None or not _touches(definition, range):
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
    index: LiveIndex,
    text_of: TextOf,
    reason: str,
    settings: Settings,
) -> Fix | Refusal:
    """The change of an action for the newest text; a refusal says in words why there is none."""
    definition = _by_name(document, action)
    if definition is None:
        return Refusal(f"`{action.symbol}` is no longer in {document.relative}")
    if action.kind is ActionKind.OPEN_EXISTING:
        return Refusal("opening a file changes nothing")
    if action.kind is ActionKind.IGNORE:
        from canonry.edits.ignore import ignore_here

        return ignore_here(document.path, document.text, definition.name_line, action.code, document.version)
    if action.kind is ActionKind.ACCEPT:
        from canonry.edits.accept import accept

        symbols = (action.symbol, action.target)
        told = reason or f"accepted in the editor on {date.today().isoformat()}"
        return accept(index.root, _settings_texts(index.root, text_of), symbols, told)
    for match in checker.similar(definition):
        if match.symbol.qualified_name == action.target:
            return _use_existing(definition, match.symbol, document, index, text_of, settings)
    return Refusal(f"`{action.target}` is no longer there")


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


def _use_existing(
    definition: Definition,
    target: Symbol,
    document: Document,
    index: LiveIndex,
    text_of: TextOf,
    settings: Settings,
) -> Fix | Refusal:
    from canonry.edits.sources import SourceFile, UseExisting
    from canonry.edits.use_existing import use_existing

    snapshot = index.snapshot
    dotted = f"{document.facts.module}.{definition.name}" if document.facts.module else ""
    referring = _referring(snapshot, document, dotted)
    if len(referring) > MOST_FILES:
        return Refusal(f"{len(referring)} files refer to {definition.name}; that is more than can be checked")

    def source(path: Path) -> SourceFile:
        module, is_package = index.module_of(path)
        version = document.version if path == document.path else None
        return SourceFile(path, text_of(path), module, is_package, version)

    try:
        file = SourceFile(
            document.path, document.text, document.facts.module, document.facts.is_package, document.version
        )
        target_file = file if target.path == document.path else source(target.path)
        others = tuple(source(index.root / path) for path in sorted(referring))
    except (OSError, UnreadableSource) as error:
        return Refusal(f"a file that refers to {definition.name} cannot be read: {error}")
    request = UseExisting(
        file=file,
        definition=make_symbol(document.facts, definition, document.path),
        target=target,
        target_file=target_file,
        others=others,
        exported=_exported(snapshot, document, referring),
        root=index.root,
        source_roots=(index.source_root(document.path),),
        imports_of=_import_graph(index),
        first_party=frozenset(path.split("/")[0].removesuffix(".py") for path in index.paths()),
    )
    return use_existing(request)


def _referring(snapshot: Snapshot, document: Document, dotted: str) -> set[str]:
    """Files that may import or name the new definition, through packages that pass its name on too."""
    if not dotted:
        return set()
    found = snapshot.files_referring(dotted)
    # `from module import *`, and `import module` with an attribute of it in a string or by getattr.
    found |= snapshot.files_referring(document.facts.module)
    found.discard(document.relative)
    return found


def _exported(snapshot: Snapshot, document: Document, referring: Iterable[str]) -> frozenset[str]:
    """Names that other files import from the document."""
    names: set[str] = set()
    prefix = f"{document.facts.module}."
    for path in {*referring, *snapshot.files_referring(document.facts.module)}:
        facts = snapshot.facts(path)
        if facts is not None:
            names.update(one.name for one in facts.imports if f"{one.module}." == prefix and one.name)
    return frozenset(names)


def _import_graph(index: LiveIndex) -> Callable[[str], frozenset[str]]:
    modules = index.snapshot.modules()

    def imports_of(module: str) -> frozenset[str]:
        path = modules.get(module)
        facts = index.facts(path) if path is not None else None
        if facts is None:
            return frozenset()
        found: set[str] = set()
        for one in facts.imports:
            if not one.local and not one.type_checking:
                found.add(one.target if one.target in modules else one.module)
        return frozenset(name for name in found if name in modules)

    return imports_of


def _settings_texts(root: Path, text_of: TextOf) -> dict[Path, str]:
    texts: dict[Path, str] = {}
    for name in SETTINGS_FILES:
        path = root / name
        if path.is_file():
            texts[path] = text_of(path)
    return texts


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
