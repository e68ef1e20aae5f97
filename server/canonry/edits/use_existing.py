"""The new definition goes, the existing one is imported, and the uses mean it."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

import libcst as cst

from canonry.edits.binding import names_of
from canonry.edits.cycles import import_path
from canonry.edits.definitions import Definition, read_definition
from canonry.edits.existing import Doubts, doubts_about, told_stub
from canonry.edits.facts import differences, members, registering
from canonry.edits.found_by_name import is_fixture, is_offered, is_test
from canonry.edits.imports import drop_imports, find_unused_imports, import_lines, imported_name
from canonry.edits.local_import import functions_of, import_locally, is_taken
from canonry.edits.merging import NewImport, Style
from canonry.edits.names import Names, ScopeKind, Use
from canonry.edits.naming import Naming, Place, choose_name, exported_names, is_named_by_text
from canonry.edits.pairing import pair_parameters
from canonry.edits.placement import module_spelling, place_import
from canonry.edits.reasons import dotted_name, is_same_file, reason_by_place, reason_by_symbols
from canonry.edits.references import Elsewhere, Parsed, find_references, imports_any
from canonry.edits.removal import definition_lines, remove_definition
from canonry.edits.replace_in_file import replace_in_file
from canonry.edits.sites import Site, SiteChecker
from canonry.edits.sources import ReplaceSymbol, SourceFile, UseExisting, told_patches
from canonry.edits.surroundings import differing_surroundings
from canonry.edits.text import Lines, Splice, apply_edits, join_deletions, splice_text, to_edits
from canonry.edits.tree import Tree, Unparsed, computed, parse_text, walk
from canonry.edits.verify import problem_with
from canonry.model import Applicability, FileEdit, Fix, Refusal, Trait

_log = logging.getLogger(__name__)

MOST_TOLD = 3
"""Decorators and bases that may register a definition which are told one by one."""


def use_existing(request: UseExisting) -> Fix | Refusal:
    """The change that puts `request.target` in place of `request.definition`, or why it cannot be made.

    Safe is a change after which everything that can be seen to use the new definition does the same with
    the existing one, as far as the two can be compared without running them. What may change is said in
    the caution of an unsafe one. Nothing but the definition, its own imports and its uses is touched.
    """
    return computed(_compute, request)


def _compute(request: UseExisting) -> Fix | Refusal:
    reason = reason_by_symbols(request)
    if reason:
        return Refusal(reason)
    tree = parse_text(request.file.text)
    if isinstance(tree, Unparsed):
        return Refusal(f"the file {tree.reason}")
    place = _find(tree, request)
    new = read_definition(request.file.text, request.definition)
    target = read_definition(request.target_file.text, request.target)
    if place is None or new is None:
        return Refusal(f"{request.definition.name} is no longer where it was")
    if target is None:
        return Refusal(f"{request.target.name} is no longer where it was")
    doubts = Doubts()
    if not is_same_file(request):
        doubts = doubts_about(request.target, request.target_file, request.target_stub)
    reason = reason_by_place(place, new, request) or doubts.refusal
    if reason:
        return Refusal(reason)
    return _Change(request, place, new, target, doubts).fix()


def _find(tree: Tree, request: UseExisting) -> Place | None:
    try:
        start = tree.lines.offset(request.definition.name_range.start)
    except ValueError:
        return None
    names = names_of(tree)
    for scope in names.scopes:
        for binding in scope.bindings.get(request.definition.name, ()):
            node = binding.owner
            if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and tree.span(node.name)[0] == start:
                first, end = definition_lines(tree, node)
                stop = tree.lines.starts[end] if end < len(tree.lines.starts) else len(tree.text)
                return Place(request.file, tree, names, node, scope, (tree.line_start(first), stop))
    return None


# The change itself


class _Change:
    def __init__(
        self, request: UseExisting, place: Place, new: Definition, target: Definition, doubts: Doubts
    ) -> None:
        self.request = request
        self.doubts = doubts
        self.place = place
        self.new = new
        self.target = target
        self.same_file = is_same_file(request)
        self.uses = [
            use for use in place.names.uses_of(place.scope, place.name) if not place.is_removed(use.node)
        ]
        self.elsewhere = find_references(request) if place.scope.kind is ScopeKind.MODULE else Elsewhere()
        self.pairing = pair_parameters(new, target)
        self.checker = SiteChecker(request.file, new, target, self.pairing)
        self.moved: list[FileEdit] | None = None
        """The changes of the other files that use it, where all of them can go to the existing one."""

    def fix(self) -> Fix | Refusal:
        place = self.place
        here = [Site(place.file, place.tree, place.names, use.node) for use in self.uses]
        for site in (*here, *self.elsewhere.sites):
            if self._is_in_target(site):
                return Refusal(f"{self.target.name} itself uses {self.new.name}")
            reason = self.checker.check(site)
            if reason:
                return Refusal(reason)
        self.moved = self._moved()
        keep = self._keeps_name()
        if reason := self._reason_by_registration(keep):
            return Refusal(reason)
        naming = self._naming(keep)
        if isinstance(naming, Refusal):
            return naming
        try:
            return self._verified(naming, self._splices(naming), keep)
        except ValueError as problem:
            return self._internal(self.place.file.path, str(problem))

    def _reason_by_registration(self, keep: bool) -> str:
        """What decorators say against it where nothing calls the definition by its name: they are how it is
        reached (a route, a task, a command), and the existing one is not reached by them.
        """
        if self.uses or self.elsewhere.sites or keep or not isinstance(self.new.node, cst.FunctionDef):
            return ""
        known = [text for text in registering(self.new, self.target) if text.startswith("@")]
        return f"{self.new.name} is reached by {known[0]}, which would go with it" if known else ""

    def _is_in_target(self, site: Site) -> bool:
        target = self.request.target
        position = site.tree.lines.position(site.tree.span(site.node)[0])
        return site.file.path == target.path and target.range.start <= position < target.range.end

    def _keeps_name(self) -> bool:
        names = self.place.names
        if self.place.scope.kind is not ScopeKind.MODULE:
            return False
        return (
            self.elsewhere.named
            or (bool(self.elsewhere.sites) and self.moved is None)
            or is_fixture(self.new)
            or is_named_by_text(self.place)
            or self._is_in_stub()
            or any(use.quoted or names.is_ambiguous(use, self.place.scope) for use in self.uses)
        )

    def _is_in_stub(self) -> bool:
        stub = self.request.stub
        return stub is not None and re.search(rf"\b{re.escape(self.place.name)}\b", stub.text) is not None

    def _moved(self) -> list[FileEdit] | None:
        """The other files with their uses gone to the existing definition; None where one must stay."""
        elsewhere, request = self.elsewhere, self.request
        if elsewhere.named or elsewhere.further or not elsewhere.files:
            return None
        wish = ReplaceSymbol(
            old=request.definition,
            old_file=request.file,
            new=request.target,
            new_file=request.target_file,
            files=(request.file, *(one.file for one, _ in elsewhere.files)),
            exported=request.exported_by,
            imports_of=request.imports_of,
            first_party=request.first_party,
            relative_imports=request.relative_imports,
            line_length=request.line_length,
        )
        checker = SiteChecker(request.file, self.new, self.target, self.pairing)
        edits: list[FileEdit] = []
        for one, sites in elsewhere.files:
            outcome, staying = replace_in_file(wish, one, sites, checker)
            if staying or not isinstance(outcome, FileEdit):
                return None
            tree = parse_text(apply_edits(one.file.text, outcome.edits))
            if isinstance(tree, Unparsed):
                return None
            if imports_any(Parsed(one.file, tree, names_of(tree)), elsewhere.known):
                return None  # it passes the name on
            edits.append(outcome)
        return edits

    def _naming(self, keep: bool) -> Naming | Refusal:
        place, target = self.place, self.request.target
        if self.moved and not self.uses and not keep:
            return Naming(target.name, True, is_needed=False)
        if self.same_file:
            return self._naming_here(keep)
        naming = choose_name(place, dotted_name(target), target.name, self.uses, keep)
        if naming is None:
            return Refusal(f"both {target.name} and {place.name} mean something else in this file")
        if not naming.is_bound and not self._imports_module_already():
            path = import_path(target.module, place.file.module, self.request.imports_of)
            if path:
                return self._local_naming(keep) or Refusal(
                    f"the import would go in a circle: {' imports '.join(path)}"
                )
        return self._passed_on(naming) if keep else naming

    def _passed_on(self, naming: Naming) -> Naming:
        """The naming where the name stays for others alone: so that no linter takes the import for unused."""
        place, target = self.place, self.request.target
        listed = place.name in exported_names(place.tree.module)
        others_see_it = self.elsewhere.starred or place.file.is_package or is_fixture(self.new)
        if self.uses or listed or others_see_it or place.scope.kind is not ScopeKind.MODULE:
            return naming
        if target.name == place.name:
            return replace(naming, reexported=True)
        own = choose_name(place, dotted_name(target), target.name, (), keep=False)
        return replace(own, assigned=True) if own is not None and own.name != place.name else naming

    def _local_naming(self, keep: bool) -> Naming | None:
        """The existing definition imported where it is used, if that is in functions only."""
        names, own = self.place.names, self.request.target.name
        functions = functions_of(names, [use.node for use in self.uses])
        if keep or not functions or any(use.quoted for use in self.uses):
            return None
        taken = is_taken(names, own, functions)
        return Naming(self.place.name if taken else own, False, tuple(functions))

    def _naming_here(self, keep: bool) -> Naming | Refusal:
        """The existing definition stands in the same file: nothing to import."""
        place, target = self.place, self.request.target
        bindings = [one for one in place.names.module.bindings[target.name] if not place.is_removed(one.node)]
        if len(bindings) != 1:
            return Refusal(f"{target.name} is bound in several places of this file")
        comes_later = place.tree.span(bindings[0].node)[0] > place.removed[0]
        if comes_later and (keep or any(self._runs_at_once(use) for use in self.uses)):
            return Refusal(f"{target.name} is defined further down, after uses of {place.name} have run")
        captured = any(
            place.names.resolve(use.scope, target.name) is not place.names.module for use in self.uses
        )
        if not keep and not captured:
            return Naming(target.name, True)
        if place.scope.kind is not ScopeKind.MODULE or comes_later or target.name == place.name:
            return Refusal(f"{target.name} means something else where {place.name} is used")
        return Naming(place.name, False)

    def _runs_at_once(self, use: Use) -> bool:
        """Whether a use runs while the module is being imported."""
        below: cst.CSTNode = use.node
        for outer in self.place.names.enclosing(use.node):
            if isinstance(outer, (cst.FunctionDef, cst.Lambda)) and below is outer.body:
                return False
            below = outer
        return True

    def _imports_module_already(self) -> bool:
        place, target = self.place, self.request.target
        for line in import_lines(place.tree, place.file):
            if line.end > place.removed[0]:
                break
            if line.module == target.module:
                return True
        return any(
            imported_name(one, place.file) == target.module and one.scope is place.names.module
            for bindings in place.names.module.bindings.values()
            for one in bindings
        )

    def _splices(self, naming: Naming) -> dict[Path, list[Splice]]:
        place = self.place
        found: dict[Path, list[Splice]] = {
            path: list(splices)
            for path, splices in self.checker.checked.splices.items()
            if self.moved is None or path == place.file.path
        }
        own = found.setdefault(place.file.path, [])
        if naming.assigned or (self.same_file and not naming.is_bound):
            own.append(self._assignment(naming.name if naming.assigned else self.request.target.name))
        else:
            own.append(remove_definition(place.tree, place.node, place.scope.kind is not ScopeKind.MODULE))
        if naming.name != place.name:
            for use in self.uses:
                start, end = place.tree.span(use.node)
                own.append(Splice(start, end, naming.name))
        kept = {*self.request.exported, *exported_names(place.tree.module), naming.name}
        tree, names = place.tree, place.names
        unused = find_unused_imports(tree, names, place.file, [place.removed], kept)
        if naming.functions:
            own += drop_imports(tree, names, unused)
            own += [self._local_import(naming, one) for one in naming.functions]
        elif naming.is_bound or self.same_file:
            own += drop_imports(tree, names, unused)
        else:
            target, request = self.request.target, self.request
            aliased = naming.name != target.name or naming.reexported
            new = NewImport(target.module, target.name, naming.name if aliased else "")
            style = Style(request.first_party, request.relative_imports, request.line_length)
            before = self._top_level_start()
            own += place_import(tree, names, place.file, new, style, before, unused, own)
        return found

    def _local_import(self, naming: Naming, function: cst.FunctionDef) -> Splice:
        target, file, request = self.request.target, self.place.file, self.request
        lines = import_lines(self.place.tree, file)
        module = module_spelling(file, target.module, request.relative_imports, lines)
        member = target.name if naming.name == target.name else f"{target.name} as {naming.name}"
        return import_locally(self.place.tree, function, module, member, request.line_length)

    def _top_level_start(self) -> int:
        """Where the statement of the module begins that the new definition stands in."""
        for statement in self.place.tree.module.body:
            if self.place.tree.span(statement)[1] >= self.place.removed[0] and (
                statement is self.place.node or any(one is self.place.node for one in walk(statement))
            ):
                return min(self.place.removed[0], self.place.tree.span(statement)[0])
        return self.place.removed[0]

    def _assignment(self, existing: str) -> Splice:
        """`new = existing` in the lines of the definition."""
        start, end = self.place.removed
        lines = self.place.tree.lines
        ending = lines.ending(lines.line_of(start))
        return Splice(start, end, f"{self.place.name} = {existing}{ending}")

    def _verified(self, naming: Naming, splices: dict[Path, list[Splice]], keep: bool) -> Fix | Refusal:
        files: dict[Path, SourceFile] = {one.path: one for one in self.request.others}
        files[self.place.file.path] = self.place.file
        changes: list[FileEdit] = list(self.moved or ())
        for path, own in splices.items():
            file = files[path]
            own = join_deletions(own)
            after = splice_text(file.text, own)
            edits = to_edits(Lines(file.text), own)
            if not edits:
                continue
            home = path == self.place.file.path
            names = self.place.names if home else self._names_of(path)
            bound = naming.name if home and naming.is_needed and not naming.functions else ""
            problem_found = problem_with(names, after, bound)
            if problem_found:
                return self._internal(path, problem_found)
            changes.append(FileEdit(path, edits, file.version))
        changes.sort(key=lambda one: (one.path != self.place.file.path, one.path))
        cautions = self._cautions(keep)
        return Fix(
            self._title(),
            tuple(changes),
            Applicability.UNSAFE if cautions else Applicability.SAFE,
            "; ".join(cautions),
        )

    def _names_of(self, path: Path) -> Names:
        return next(site.names for site in self.elsewhere.sites if site.file.path == path)

    def _internal(self, path: Path, problem: str) -> Refusal:
        _log.error(
            "using %s in place of %s in %s was given up: %s",
            dotted_name(self.request.target), self.place.name, path, problem,
        )  # fmt: skip
        return Refusal(f"internal: {problem}")

    def _title(self) -> str:
        target = self.request.target
        where = "" if self.same_file else f" from {target.module}"
        return f"Use {target.name}{where} in place of {self.place.name}"

    def _cautions(self, keep: bool) -> list[str]:
        found = [*self.doubts.cautions, *self.checker.checked.cautions, *self.elsewhere.cautions]
        if self._may_be_found_by_name(keep):
            found.append(f"nothing here uses {self.new.name}, and what finds it by its name no longer does")
        if self.checker.checked.calls or keep or is_offered(self.place) or not self.request.is_new:
            found += differences(self.new, self.target)
            if not self.same_file:
                found += differing_surroundings(self.new, self.place.names, self.target, self.request)
            found += self._missing_members()
            found += told_patches(self.target.name, self.request.patched_in)
            found += told_stub(self.target.name, self.request.target_stub)
        elif self._is_async(self.new) != self._is_async(self.target):
            found.append(f"{self.target.name} is {'async' if self._is_async(self.target) else 'not async'}")
        known = registering(self.new, self.target)
        found += [f"{text} does more with {self.new.name} than define it" for text in known[:MOST_TOLD]]
        if known[MOST_TOLD:]:
            found.append(f"so do {len(known) - MOST_TOLD} more")
        if self.request.definition.traits & Trait.TEST and is_test(self.new):
            found.append(f"test runners find {self.new.name} by its name")
        return found

    def _may_be_found_by_name(self, keep: bool) -> bool:
        """Whether a definition that is on disk seems to be there for nobody, and its name goes.

        Frameworks and plug-ins look functions up in a module, entry points name them, others import them.
        """
        used = self.uses or self.elsewhere.sites
        stays = keep or self.target.name == self.place.name
        return self.place.scope.kind is ScopeKind.MODULE and not (used or stays or self.request.is_new)

    def _missing_members(self) -> list[str]:
        if not isinstance(self.new.node, cst.ClassDef) or not isinstance(self.target.node, cst.ClassDef):
            return []
        missing = [
            name
            for name in members(self.new.node)
            if name not in members(self.target.node) and not name.startswith("_")
        ]
        return [f"{self.target.name} does not define {', '.join(missing)}"] if missing else []

    @staticmethod
    def _is_async(definition: Definition) -> bool:
        return isinstance(definition.node, cst.FunctionDef) and definition.node.asynchronous is not None
