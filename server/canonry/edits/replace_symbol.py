"""Uses of a superseded definition become uses of the one that took its place; the old one stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from canonry.edits.cycles import import_path
from canonry.edits.definitions import Definition, read_definition
from canonry.edits.existing import doubts_about, told_stub
from canonry.edits.facts import differences
from canonry.edits.imports import (
    Unused,
    at_top_level,
    drop_imports,
    find_unused_imports,
    import_lines,
    imported_name,
)
from canonry.edits.local_import import functions_of, import_locally, is_taken
from canonry.edits.names import Binding, Scope, ScopeKind, names_of
from canonry.edits.naming import exported_names
from canonry.edits.pairing import pair_parameters
from canonry.edits.placement import NewImport, Style, module_spelling, place_import
from canonry.edits.references import Elsewhere, Parsed, follow, sites_in
from canonry.edits.sites import Site, SiteChecker
from canonry.edits.sources import SourceFile, exports_nothing, imports_nothing, told_patches
from canonry.edits.text import Lines, Splice, join_deletions, splice_text, to_edits
from canonry.edits.tree import Unparsed, each_text_once, parse_text
from canonry.edits.verify import problem_with
from canonry.model import Applicability, FileEdit, Fix, Position, Refusal, Symbol, SymbolKind, Trait

MOST_NAMED = 3
"""Uses that stay which a caution names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceSymbol:
    """The wish that `new` is used where `old` is, with what has to be known for it."""

    old: Symbol
    """The superseded definition, with the ranges of `old_file.text`."""
    old_file: SourceFile
    new: Symbol
    """The one that took its place, with the ranges of `new_file.text`."""
    new_file: SourceFile
    new_stub: SourceFile | None = None
    """The stub that stands beside `new_file`, for type checkers."""
    patched_in: tuple[str, ...] = ()
    """Names of files that put something else in the place of `new` for a while."""
    files: tuple[SourceFile, ...]
    """The files whose uses are replaced; those of the two definitions may be among them."""
    only: Position | None = None
    """The one use that is meant, somewhere in its name, in the first of `files`; None: every use in them."""
    others: tuple[SourceFile, ...] = ()
    """Further files that may pass the old name on, as packages do."""
    exported: Callable[[SourceFile], frozenset[str]] = exports_nothing
    """The names that other files import from a file: none of them goes."""
    imports_of: Callable[[str], frozenset[str]] = imports_nothing
    """As in `UseExisting`."""
    first_party: frozenset[str] = frozenset()
    relative_imports: bool | None = None
    line_length: int = 88


def replace_symbol(request: ReplaceSymbol) -> Fix | Refusal:
    """The change that puts `request.new` at the uses of `request.old`, or why none of them can go to it.

    Calls are mapped to the other parameters as `use_existing` does it. Uses that cannot be mapped stay as
    they are, which the caution says; the old definition stays too, and so do the uses inside of either one.
    """
    try:
        with each_text_once():
            return _compute(request)
    except RecursionError:
        return Refusal("the code is nested too deeply to be rewritten")


def _compute(request: ReplaceSymbol) -> Fix | Refusal:
    reason = _reason_by_symbols(request.old, request.new)
    if reason:
        return Refusal(reason)
    old = read_definition(request.old_file.text, request.old)
    new = read_definition(request.new_file.text, request.new)
    if old is None or new is None:
        gone = request.old if old is None else request.new
        return Refusal(f"{gone.name} is no longer where it was")
    doubts = doubts_about(request.new, request.new_file, request.new_stub)
    if doubts.refusal:
        return Refusal(doubts.refusal)
    elsewhere = Elsewhere()
    pool = {one.path: one for one in (*request.others, *request.files) if one.path != request.old_file.path}
    known, parsed = follow(f"{request.old.module}.{request.old.name}", list(pool.values()), elsewhere)
    checker = SiteChecker(request.files[0], old, new, pair_parameters(old, new))
    wanted = {one.path for one in request.files}
    changes: list[FileEdit] = []
    left: list[str] = []
    for one in (*_home(request), *parsed):
        if one.file.path not in wanted:
            continue
        sites = [(site, path) for site, path in _sites(request, one, known) if _is_meant(request, site)]
        if not sites:
            continue
        outcome, staying = replace_in_file(request, one, sites, checker)
        left += staying
        if isinstance(outcome, Refusal):
            return outcome
        if outcome is not None:
            changes.append(outcome)
    if not changes:
        return Refusal(left[0] if left else f"nothing uses {request.old.name} there")
    cautions = [*doubts.cautions, *checker.checked.cautions, *elsewhere.cautions]
    cautions += [*_differences(checker, old, new), *told_patches(request.new.name, request.patched_in)]
    cautions += told_stub(request.new.name, request.new_stub)
    if left:
        more = f", and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
        cautions.append(f"stays where it cannot be replaced: {'; '.join(left[:MOST_NAMED])}{more}")
    return Fix(
        f"Replace {request.old.name} by {request.new.name}",
        tuple(changes),
        Applicability.UNSAFE if cautions else Applicability.SAFE,
        "; ".join(cautions),
    )


def _reason_by_symbols(old: Symbol, new: Symbol) -> str:
    for one in (old, new):
        if one.kind is SymbolKind.METHOD:
            return f"{one.name} is a method: what calls it cannot be told by imports"
        if one.path.suffix == ".pyi":
            return "a stub describes code that stands elsewhere"
    if not new.importable:
        return f"{new.qualified_name} cannot be imported"
    if not old.importable:
        return f"{old.qualified_name} cannot be imported, so nothing else uses it"
    if new.traits & Trait.TYPE_CHECKING:
        return f"{new.name} exists for type checkers only"
    if old.qualified_name == new.qualified_name:
        return f"{new.name} is the superseded definition"
    return ""


def _differences(checker: SiteChecker, old: Definition, new: Definition) -> list[str]:
    if not checker.checked.calls:
        return []
    if old.is_class != new.is_class:
        return [f"{new.name} is a {'class' if new.is_class else 'function'}"]
    return differences(old, new)


# The uses


def _home(request: ReplaceSymbol) -> Iterator[Parsed]:
    """The file of the old definition itself, where its uses are wanted."""
    for file in request.files:
        if file.path == request.old_file.path:
            tree = parse_text(file.text)
            if not isinstance(tree, Unparsed):
                yield Parsed(file, tree, names_of(tree))


def _sites(request: ReplaceSymbol, one: Parsed, known: set[str]) -> Iterator[tuple[Site, str]]:
    if one.file.path == request.old_file.path:
        path = f"{request.old.module}.{request.old.name}"
        for use in one.names.uses_of(one.names.module, request.old.name):
            yield Site(one.file, one.tree, one.names, use.node), path
    else:
        yield from sites_in(one, known)


def _is_meant(request: ReplaceSymbol, site: Site) -> bool:
    """Whether a use is wanted, and stands in neither of the two definitions."""
    lines = site.tree.lines
    start, end = site.tree.span(site.node)
    for symbol in (request.old, request.new):
        if site.file.path == symbol.path and (symbol.range.start <= lines.position(start) < symbol.range.end):
            return False
    if request.only is None:
        return True
    return site.file.path == request.files[0].path and lines.position(
        start
    ) <= request.only <= lines.position(end)


# One file


def replace_in_file(
    request: ReplaceSymbol, one: Parsed, sites: Sequence[tuple[Site, str]], checker: SiteChecker
) -> tuple[FileEdit | Refusal | None, list[str]]:
    """The edits of one file, None where no use of it can be replaced; and why the uses that stay do so."""
    change = _InFile(request, one, sites, checker)
    outcome = change.edit()
    return outcome, change.left


class _InFile:
    """The change of one file. `edit` computes it, `left` then says which uses stay, and why."""

    def __init__(
        self, request: ReplaceSymbol, one: Parsed, sites: Sequence[tuple[Site, str]], checker: SiteChecker
    ) -> None:
        self.request = request
        self.file, self.tree, self.names = one.file, one.tree, one.names
        self.sites = sites
        self.checker = checker
        self.left: list[str] = []
        self.splices: list[Splice] = []
        self.goal = f"{request.new.module}.{request.new.name}"

    def edit(self) -> FileEdit | Refusal | None:
        """The edits of the file; None where no use of it can be replaced."""
        attributes: list[Site] = []
        by_name: list[Site] = []
        inner: dict[Scope, list[Site]] = {}
        for site, path in self.sites:
            if not isinstance(site.node, (cst.Name, cst.Attribute)):
                self._leave(site, "names it in a string")
                continue
            if self._may_be_of_class(site.node):
                self._leave(site, "may mean a name of the class around it")
                continue
            module = path.rpartition(".")[0]
            if isinstance(site.node, cst.Attribute):
                same = module == self.request.new.module
                (attributes if same else by_name).append(site)
                continue
            scope = self._scope_of(site.node)
            if scope is None:
                by_name.append(site)
            else:
                inner.setdefault(scope, []).append(site)
        done: list[Site] = []
        for site in self._mappable(attributes):
            assert isinstance(site.node, cst.Attribute)
            self._write(site.node.attr, self.request.new.name)
            done.append(site)
        for scope, sites in inner.items():
            done += self._in_scope(scope, sites)
        bound, replaced, local = self._by_name(by_name)
        done += replaced
        if not done:
            return None
        if not bound or local:
            self.splices += drop_imports(self.tree, self.names, self._unused(replaced, ""))
        return self._verified(bound)

    def _may_be_of_class(self, node: cst.CSTNode) -> bool:
        """Whether a class body both binds and reads the name, so that nothing tells which of two it means."""
        uses = self.names.uses.get(node.value, ()) if isinstance(node, cst.Name) else ()
        module = self.names.module
        return any(use.node is node and self.names.is_ambiguous(use, module) for use in uses)

    def _leave(self, site: Site, why: str) -> None:
        where = f"line {site.line}"
        if site.file.path != self.request.files[0].path or len(self.request.files) > 1:
            where += f" of {site.file.path.name}"
        self.left.append(f"{where} {why}")

    def _mappable(self, sites: Sequence[Site]) -> list[Site]:
        """The sites whose arguments fit; what their calls need is written down."""
        found: list[Site] = []
        for site in sites:
            reason = self.checker.check(site)
            if reason:
                self.left.append(reason)
            else:
                found.append(site)
        return found

    def _write(self, node: cst.CSTNode, text: str) -> None:
        start, end = self.tree.span(node)
        if self.tree.text[start:end] != text:
            self.splices.append(Splice(start, end, text))

    def _binding(self, scope: Scope, name: str) -> Binding | None:
        bindings = scope.bindings.get(name, [])
        return bindings[0] if len(bindings) == 1 else None

    def _scope_of(self, node: cst.Name) -> Scope | None:
        """The scope whose own import binds a name; None where the module's top level does, or a star."""
        scope = next(
            self.names.resolve(use.scope, node.value)
            for use in self.names.uses[node.value]
            if use.node is node
        )
        if scope is None or self.file.path == self.request.old_file.path:
            return None
        binding = self._binding(scope, node.value)
        if scope is self.names.module and (binding is None or at_top_level(binding, self.names)):
            return None
        return scope

    # Names that the module imports

    def _by_name(self, sites: Sequence[Site]) -> tuple[str, list[Site], bool]:
        """The name at the uses, the uses, and whether functions import it: the module's import is written."""
        if not sites:
            return "", [], False
        nodes = [site.node for site in sites]
        name = self._bound_name(nodes)
        functions: list[cst.FunctionDef] | None = None
        if not name and not self._is_home():
            name, why = self._free_name(sites)
            if name and (path := self._circle()):
                functions = functions_of(self.names, nodes)
                own = self.request.new.name
                if not functions or is_taken(self.names, own, functions):
                    name, why = "", f"cannot import it: {' imports '.join(path)}"
                else:
                    name = own
        else:
            why = f"has another meaning of {self.request.new.name}"
        if not name:
            for site in sites:
                self._leave(site, why)
            return "", [], False
        fitting = self._mappable(sites)
        for site in fitting:
            self._write(site.node, name)
        if functions is not None:
            for one in functions_of(self.names, [site.node for site in fitting]) or ():
                self.splices.append(self._local_import(one))
        elif fitting and not self._bound_name(nodes):
            self._import(fitting, name)
            return name, fitting, False
        return name, fitting, True

    def _is_home(self) -> bool:
        return self.file.path == self.request.new.path

    def _bound_name(self, nodes: Sequence[cst.CSTNode]) -> str:
        """The name that the file has for the new definition already, where that can be used everywhere."""
        module = self.names.module
        for name, bindings in module.bindings.items():
            if self._is_home():
                fits = name == self.request.new.name and len(bindings) == 1
            else:
                fits = all(
                    imported_name(one, self.file) == self.goal
                    and one.scope is module
                    and at_top_level(one, self.names)
                    for one in bindings
                )
            first = min((self.tree.span(one.node)[0] for one in bindings), default=0)
            if fits and all(self._sees(node, name) for node in nodes):
                late = [node for node in nodes if self.tree.span(node)[0] < first]
                if not late or functions_of(self.names, late) is not None:
                    return name
        return ""

    def _sees(self, node: cst.CSTNode, name: str) -> bool:
        """Whether a name read at a node is the module's, or nobody's."""
        root = node
        while isinstance(root, cst.Attribute):
            root = root.value
        assert isinstance(root, cst.Name)
        uses = (use for use in self.names.uses[root.value] if use.node is root)
        return all(self.names.resolve(use.scope, name) in (None, self.names.module) for use in uses)

    def _free_name(self, sites: Sequence[Site]) -> tuple[str, str]:
        """The name to import the new definition under, or why there is none."""
        own, old = self.request.new.name, self.request.old.name
        names, module = self.names, self.names.module
        if names.star_imports:
            return "", "stands in a file with star imports, which may bind the new name too"
        locals_ = {site.node.value for site in sites if isinstance(site.node, cst.Name)}
        alias = locals_ - {old}
        read_elsewhere = any(names.resolve(use.scope, own) is None for use in names.uses.get(own, ()))
        free = not module.bindings.get(own) and not read_elsewhere
        everything = len(locals_) == 1 and self._takes_over(next(iter(locals_)), sites)
        if everything and alias and all(isinstance(site.node, cst.Name) for site in sites):
            return alias.pop(), ""  # imported under a name of the file's own, which stays
        if free and all(self._sees(site.node, own) for site in sites):
            return own, ""
        if everything and locals_ == {old} and all(isinstance(site.node, cst.Name) for site in sites):
            return old, ""
        return "", f"has another meaning of {own}"

    def _takes_over(self, name: str, sites: Sequence[Site]) -> bool:
        """Whether these are all uses of an imported name, and nobody else needs what it was."""
        nodes = {site.node for site in sites}
        binding = self._binding(self.names.module, name)
        return (
            binding is not None
            and not self.file.is_package
            and name not in self._kept()
            and self.request.only is None
            and all(use.node in nodes for use in self.names.uses_of(self.names.module, name))
            and self._alone(binding, name)
            and all(self._fits(site) for site in sites)
        )

    def _alone(self, binding: Binding, name: str) -> bool:
        """Whether the import of a name would be found unused once its uses are others."""
        spans = [self.tree.span(use.node) for use in self.names.uses[name]]
        unused = find_unused_imports(self.tree, self.names, self.file, spans, ())
        return any(binding.node in aliases for aliases in unused.names.values())

    def _fits(self, site: Site) -> bool:
        trial = SiteChecker(site.file, self.checker.new, self.checker.target, self.checker.pairing)
        return trial.check(site) is None

    def _circle(self) -> tuple[str, ...] | None:
        lines = import_lines(self.tree, self.file)
        if any(one.module == self.request.new.module for one in lines):
            return None
        return import_path(self.request.new.module, self.file.module, self.request.imports_of)

    def _import(self, sites: Sequence[Site], name: str) -> None:
        new, request = self.request.new, self.request
        unused = self._unused(sites, name)
        style = Style(request.first_party, request.relative_imports, request.line_length)
        wanted = NewImport(new.module, new.name, name if name != new.name else "")
        start = min(self.tree.span(site.node)[0] for site in sites)
        before = next(
            self._statement_start(one) for one in self.tree.module.body if self.tree.span(one)[1] >= start
        )
        self.splices += place_import(
            self.tree, self.names, self.file, wanted, style, before, unused, self.splices
        )

    def _statement_start(self, node: cst.CSTNode) -> int:
        start = self.tree.span(node)[0]
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            start = min([start, *(self.tree.span(one)[0] for one in node.decorators)])
        return start

    def _unused(self, sites: Sequence[Site], name: str) -> Unused:
        spans = [self.tree.span(site.node) for site in sites]
        kept = self._kept()
        if name not in {site.node.value for site in sites if isinstance(site.node, cst.Name)}:
            kept.add(name)
        return find_unused_imports(self.tree, self.names, self.file, spans, kept)

    def _kept(self) -> set[str]:
        return {*self.request.exported(self.file), *exported_names(self.tree.module)}

    def _local_import(self, function: cst.FunctionDef) -> Splice:
        request = self.request
        lines = import_lines(self.tree, self.file)
        module = module_spelling(self.file, request.new.module, request.relative_imports, lines)
        return import_locally(self.tree, function, module, request.new.name, request.line_length)

    # Imports inside functions and under conditions

    def _in_scope(self, scope: Scope, sites: Sequence[Site]) -> list[Site]:
        """Uses of a name that an import in a function or under a condition binds: that import changes."""
        name = sites[0].node.value if isinstance(sites[0].node, cst.Name) else ""
        binding = self._binding(scope, name)
        why = ""
        if binding is None or not isinstance(binding.node, cst.ImportAlias):
            why = "uses a name that is bound in several places"
        elif not isinstance(binding.owner, cst.ImportFrom):
            why = "uses an import that cannot be rewritten"
        elif {use.node for use in self.names.uses_of(scope, name)} != {site.node for site in sites}:
            why = "shares its import with uses that stay"
        elif not all(self._fits(site) for site in sites):
            why = next((reason for site in sites if (reason := self.checker.check(site))), "does not fit")
            self.left.append(why)
            return []
        if not why and binding is not None:
            why = self._rewrite_import(binding, scope, sites)
        if why:
            for site in sites:
                self._leave(site, why)
            return []
        return self._mappable(sites)

    def _rewrite_import(self, binding: Binding, scope: Scope, sites: Sequence[Site]) -> str:
        """Puts the new definition into the import of the old one. What it returns is why it cannot."""
        alias, owner = binding.node, binding.owner
        assert isinstance(alias, cst.ImportAlias) and isinstance(owner, cst.ImportFrom)
        assert not isinstance(owner.names, cst.ImportStar)
        new = self.request.new
        module, _, _ = imported_name(binding, self.file).rpartition(".")
        if module != new.module:
            if len(owner.names) > 1:
                return "is imported together with other names, inside a block"
            if scope.kind is ScopeKind.MODULE and import_path(
                new.module, self.file.module, self.request.imports_of
            ):
                return "would import in a circle"
        name = binding.name
        if alias.asname is None:
            visible = all(self._sees(site.node, new.name) for site in sites)
            taken = self.names.module.bindings.get(new.name) or self.names.uses.get(new.name)
            if visible and not taken:
                for site in sites:
                    self._write(site.node, new.name)
                self._write(alias.name, new.name)
            else:
                self._write(alias.name, f"{new.name} as {name}")
        else:
            self._write(alias.name, new.name)
        if module != new.module:
            lines = import_lines(self.tree, self.file)
            spelled = module_spelling(self.file, new.module, self.request.relative_imports, lines)
            if owner.relative:
                spelled = module_spelling(self.file, new.module, True, lines)
            start = self.tree.span(owner)[0] + len("from")
            end = self.tree.text.index("import", self._module_end(owner))
            self.splices.append(Splice(start, end, f" {spelled} "))
        return ""

    def _module_end(self, owner: cst.ImportFrom) -> int:
        if owner.module is not None:
            return self.tree.span(owner.module)[1]
        return self.tree.span(owner)[0] + len("from")

    # The end

    def _verified(self, bound: str) -> FileEdit | Refusal | None:
        own = join_deletions([*self.splices, *self.checker.checked.splices.pop(self.file.path, [])])
        after = splice_text(self.file.text, own)
        edits = to_edits(Lines(self.file.text), own)
        problem = problem_with(self.names, after)
        if problem:
            return Refusal(f"internal: {self.file.path.name}: {problem}")
        return FileEdit(self.file.path, edits, self.file.version) if edits else None
