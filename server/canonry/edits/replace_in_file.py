"""One file whose uses of a superseded definition become uses of the one that took its place."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from canonry.edits.cycles import import_path
from canonry.edits.imports import (
    Unused,
    at_top_level,
    drop_imports,
    find_unused_imports,
    import_lines,
    imported_name,
    star_follows,
)
from canonry.edits.local_import import functions_of, import_locally, is_taken
from canonry.edits.merging import NewImport, Style
from canonry.edits.names import Binding, Scope, ScopeKind
from canonry.edits.naming import exported_names
from canonry.edits.placement import module_spelling, place_import
from canonry.edits.references import Parsed
from canonry.edits.sites import Site, SiteChecker
from canonry.edits.sources import ReplaceSymbol
from canonry.edits.text import Lines, Splice, join_deletions, splice_text, to_edits
from canonry.edits.verify import problem_with
from canonry.model import FileEdit, Refusal


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
                    and not star_follows(self.tree, self.names, one.owner)
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
