"""What the changes of `canonry.edits` ask of a workspace: texts, versions, who refers to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from canonry.config import Settings
from canonry.index.live import LiveIndex
from canonry.index.snapshot import Snapshot
from canonry.model import Action, ActionKind, Fix, Position, Refusal, Symbol
from canonry.syntax import UnreadableSource
from canonry.workspace.buffers import Document
from canonry.workspace.line_length import line_length
from canonry.workspace.symbols import make_symbol, symbol_of

if TYPE_CHECKING:
    from canonry.edits.sources import SourceFile, UseExisting
    from canonry.syntax import Definition

MOST_FILES = 200
"""Files that may refer to a definition; a change that would have to look at more is refused."""

TextOf = Callable[[Path], tuple[str, int | None]]
"""A file's text, and the version of its open document. Raises OSError or UnreadableSource."""


@dataclass(frozen=True)
class Files:
    """The files of a workspace as changes see them: open documents before the disk."""

    index: LiveIndex
    snapshot: Snapshot
    """The disk and the open documents."""
    text_of: TextOf
    settings: Settings

    def source(self, path: Path) -> SourceFile:
        """A file with its text. Raises OSError or UnreadableSource."""
        from canonry.edits.sources import SourceFile

        module, is_package = self.index.module_of(path)
        text, version = self.text_of(path)
        return SourceFile(path, text, module, is_package, version)

    def stub_beside(self, path: Path) -> SourceFile | None:
        """The stub that type checkers read in place of a module; None where there is none."""
        stub = path.with_suffix(".pyi")
        try:
            return self.source(stub) if stub != path and stub.is_file() else None
        except (OSError, UnreadableSource):
            return None  # as good as none

    def patching(self, symbol: Symbol) -> tuple[str, ...]:
        """Names of the files that put something else in the place of a definition for a while."""
        from canonry.edits.references import patches

        found: list[str] = []
        users = self.snapshot.files_referring(symbol.module) if symbol.module else ()
        for path in sorted(users)[:MOST_FILES]:
            try:
                text, _ = self.text_of(self.index.root / path)
            except (OSError, UnreadableSource):
                continue
            if patches(text, symbol.name):
                found.append(path.rpartition("/")[2])
        return tuple(found)

    def referring(self, symbol: Symbol) -> set[str]:
        """Files that may import or name a definition, through packages that pass its name on too."""
        if not symbol.module:
            return set()
        found = self.snapshot.files_referring(symbol.qualified_name)
        # `from module import *`, and `import module` with an attribute of it in a string or by getattr.
        found = found | self.snapshot.files_referring(symbol.module)
        # The packages around it, which may pass its name on without an import.
        module = symbol.module
        while "." in module:
            module = module.rpartition(".")[0]
            if module in self.modules:
                found.add(self.modules[module])
        return found

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Every module's path, by its dotted name."""
        return self.snapshot.modules()

    def exported(self, module: str, referring: Iterable[str] = ()) -> frozenset[str]:
        """Names that other files import from a module; `from package import module` needs none of them."""
        names: set[str] = set()
        prefix = f"{module}."
        for path in {*referring, *self.snapshot.files_referring(module)}:
            facts = self.snapshot.facts(path)
            if facts is not None:
                names.update(
                    one.name
                    for one in facts.imports
                    if f"{one.module}." == prefix and one.name and prefix + one.name not in self.modules
                )
        return frozenset(names)

    def import_graph(self) -> Callable[[str], frozenset[str]]:
        """For a module the workspace's modules that it imports while it is imported."""
        modules = self.modules

        def imports_of(module: str) -> frozenset[str]:
            path = modules.get(module)
            facts = self.snapshot.facts(path) if path is not None else None
            if facts is None:
                return frozenset()
            found: set[str] = set()
            for one in facts.imports:
                if not one.local and not one.type_checking:
                    found.add(one.target if one.target in modules else one.module)
            return frozenset(name for name in found if name in modules)

        return imports_of

    @property
    def first_party(self) -> frozenset[str]:
        """The top-level names of the workspace's modules."""
        return frozenset(path.split("/")[0].removesuffix(".py") for path in self.index.paths())

    @property
    def relative_imports(self) -> bool | None:
        """What the settings say of relative imports; None where each file keeps its habit."""
        return False if self.settings.absolute_imports else None


def files_read(files: Files, action: Action) -> set[Path]:
    """The files that have to be parsed to compute an action on a definition."""
    found = {action.path}
    if action.target_location is not None:
        found.add(action.target_location.path)
    wanted = action.target if action.kind is ActionKind.EXTEND else action.symbol
    alone = action.kind in (ActionKind.DELEGATE, ActionKind.INHERIT)
    referring = files.snapshot.files_referring(wanted) if not alone else ()
    return found | {files.index.root / path for path in referring}


def use_request(
    files: Files,
    document: Document,
    definition: Definition,
    target: Symbol,
    is_new: bool,
    canonical: Callable[[str], str],
) -> UseExisting | Refusal:
    """The wish to use `target` for a definition of a document, with what has to be known for it."""
    from canonry.edits.sources import SourceFile, UseExisting

    symbol = make_symbol(document.facts, definition, document.path)
    referring = files.referring(symbol) - {document.relative}
    if len(referring) > MOST_FILES:
        return Refusal(f"{len(referring)} files refer to {definition.name}; that is more than can be checked")
    facts = document.facts
    file = SourceFile(document.path, document.text, facts.module, facts.is_package, document.version)
    try:
        target_file = file if target.path == document.path else files.source(target.path)
        others = tuple(files.source(files.index.root / path) for path in sorted(referring))
    except (OSError, UnreadableSource) as error:
        return Refusal(f"a file that refers to {definition.name} cannot be read: {error}")
    return UseExisting(
        file=file,
        definition=symbol,
        target=target,
        target_file=target_file,
        is_new=is_new,
        canonical=canonical,
        is_apart=files.index.is_apart(target.path, document.path),
        stub=files.stub_beside(document.path),
        target_stub=files.stub_beside(target.path),
        patched_in=files.patching(target),
        others=others,
        exported=files.exported(facts.module, referring),
        exported_by=lambda file: files.exported(file.module),
        root=files.index.root,
        source_roots=(files.index.source_root(document.path),),
        imports_of=files.import_graph(),
        first_party=files.first_party,
        relative_imports=files.relative_imports,
        line_length=line_length(files.index.root, document.path),
    )


def users_of(files: Files, symbol: Symbol, document: Document) -> tuple[SourceFile, ...] | Refusal:
    """The files that may name a definition, but for its own and the document."""
    own = {document.path, symbol.path}
    paths = {files.index.root / path for path in files.referring(symbol)} - own
    if len(paths) > MOST_FILES:
        return Refusal(f"{len(paths)} files refer to {symbol.name}; that is more than can be checked")
    try:
        return tuple(files.source(path) for path in sorted(paths))
    except (OSError, UnreadableSource) as error:
        return Refusal(f"a file that refers to {symbol.name} cannot be read: {error}")


def mixed_below(files: Files, owner: Symbol) -> str:
    """A class below one that has further bases; "" where there is none.

    Such a class may find in them what it has from `owner` now. Bases are taken by their names alone.
    """
    todo, seen = [owner], {owner.qualified_name}
    while todo and len(seen) <= MOST_FILES:
        above = todo.pop()
        paths = {*files.referring(above), above.path.relative_to(files.index.root).as_posix()}
        for path in sorted(paths):
            facts = files.snapshot.facts(path)
            for one in facts.definitions if facts is not None else ():
                bases = [base.partition("[")[0].strip() for base in one.bases if "=" not in base]
                if above.name not in (base.rpartition(".")[2] for base in bases):
                    continue
                if len(bases) > 1:
                    return one.name
                assert facts is not None
                below = make_symbol(facts, one, files.index.root / path)
                if below.qualified_name not in seen:
                    seen.add(below.qualified_name)
                    todo.append(below)
    return ""


def replace_uses(
    files: Files, old: str, new: str, only: tuple[Path, Position] | None = None
) -> Fix | Refusal:
    """The change that puts the definition named `new` where the one named `old` is used.

    Both are qualified names of the workspace. `only` is the one use that is meant; None: all of them.
    """
    from canonry.edits.replace_symbol import replace_symbol
    from canonry.edits.sources import ReplaceSymbol

    symbols = [_symbol(files, one) for one in (old, new)]
    for name, symbol in zip((old, new), symbols, strict=True):
        if symbol is None:
            return Refusal(f"there is no definition of {name} in the workspace")
    one, other = symbols
    assert one is not None and other is not None
    root = files.index.root
    paths = {root / path for path in files.referring(one)}
    if len(paths) > MOST_FILES:
        return Refusal(f"{len(paths)} files refer to {one.name}; that is more than can be checked")
    wanted = {only[0]} if only is not None else {*paths, one.path}
    try:
        sources = {path: files.source(path) for path in sorted({*paths, *wanted, one.path, other.path})}
    except (OSError, UnreadableSource) as error:
        return Refusal(f"a file that refers to {one.name} cannot be read: {error}")
    return replace_symbol(
        ReplaceSymbol(
            old=one,
            old_file=sources[one.path],
            new=other,
            new_file=sources[other.path],
            new_stub=files.stub_beside(other.path),
            patched_in=files.patching(other),
            files=tuple(sources[path] for path in sorted(wanted)),
            only=only[1] if only is not None else None,
            others=tuple(sources[path] for path in sorted(paths)),
            exported=lambda file: files.exported(file.module),
            imports_of=files.import_graph(),
            first_party=files.first_party,
            relative_imports=files.relative_imports,
            line_length=line_length(root, min(wanted)),
        )
    )


def _symbol(files: Files, qualified_name: str) -> Symbol | None:
    """The definition of a qualified name."""
    snapshot = files.snapshot
    for ref in snapshot.rows_named(qualified_name.rpartition(".")[2]):
        symbol = symbol_of(snapshot, ref, files.index.root)
        if symbol is not None and symbol.qualified_name == qualified_name:
            return symbol
    return None
