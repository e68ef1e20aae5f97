"""Where other files use a definition.

Imports settle nearly all of it, also through modules that pass the name on; that is exact, and works on
open buffers. What is left are attributes of the same name on objects that no import explains, such as a
module kept in a variable: there jedi is asked what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

import libcst as cst

from canonry.edits.binding import names_of
from canonry.edits.imports import imported_module, imported_name
from canonry.edits.names import Names, Scope
from canonry.edits.naming import REACHING
from canonry.edits.semantics import Question, means_definition
from canonry.edits.sites import Site
from canonry.edits.sources import SourceFile, UseExisting
from canonry.edits.tree import Tree, Unparsed, parse_text, walk

_MAX_QUESTIONS = 100
"""Attributes that jedi is asked about; each may take a few milliseconds, the first of a file a second."""

_MAX_HOPS = 8
"""Modules through which a name is followed from import to import."""


@dataclass(slots=True)
class Elsewhere:
    """What other files know of a definition."""

    files: list[tuple[Parsed, list[tuple[Site, str]]]] = field(default_factory=list)
    """The files that import it and use it, each use with the dotted name by which it goes there."""
    further: list[Site] = field(default_factory=list)
    """Uses that no import explains."""
    known: frozenset[str] = frozenset()
    """All dotted names that it goes by."""
    named: bool = False
    """Whether something but those files refers to it by its name: a string, a module that passes it on."""
    starred: bool = False
    """Whether another file takes in all names of the module."""
    cautions: list[str] = field(default_factory=list)

    @property
    def sites(self) -> list[Site]:
        """All uses."""
        return [site for _, sites in self.files for site, _ in sites] + self.further


@dataclass(slots=True)
class Parsed:
    """A file that was read."""

    file: SourceFile
    tree: Tree
    names: Names


def find_references(request: UseExisting) -> Elsewhere:
    """The uses of the new definition in the other files of a request."""
    found = Elsewhere()
    home, name = request.file, request.definition.name
    if not home.module or not request.definition.importable:
        found.named = name in request.exported
        return found
    others = [one for one in request.others if one.path != home.path]
    known, parsed = follow(f"{home.module}.{name}", others, found)
    open_questions: list[tuple[Site, Question]] = []
    found.known = frozenset(known)
    for one in parsed:
        sites = list(sites_in(one, known))
        found.starred = found.starred or any(_starred(one, known))
        if sites:
            found.files.append((one, sites))
        elif imports_any(one, known):
            found.named = True
        explained = {site.node for site, _ in sites}
        for node in walk(one.tree.module):
            if isinstance(node, cst.Attribute) and node.attr.value == name and node not in explained:
                position = one.tree.lines.position(one.tree.span(node.attr)[0])
                open_questions.append(
                    (Site(one.file, one.tree, one.names, node), Question(one.file, position))
                )
    if name in request.exported and not found.files:
        found.named = True
    found.named = found.named or any(_names_by_string(one.text, home.module, name) for one in request.others)
    _ask(request, open_questions, found)
    return found


def _names_by_string(text: str, module: str, name: str) -> bool:
    """Whether a file that may use a definition reaches it by a string.

    `patch("app.money.add")`, `monkeypatch.setattr(money, "add", ...)`, a package that looks up the names it
    passes on in its `__getattr__`.
    """
    if name not in text:
        return False
    quoted = rf"[\"']{re.escape(name)}[\"']"
    return (
        re.search(rf"[\"']{re.escape(module)}[.:]{re.escape(name)}\b", text) is not None
        or re.search(rf"\b(?:{'|'.join(sorted(REACHING))})\([^()]*{quoted}", text) is not None
        or ("def __getattr__" in text and re.search(quoted, text) is not None)
    )


def patches(text: str, name: str) -> bool:
    """Whether a file puts something else in the place of a name for a while, as tests do.

    `patch("app.money.add")`, `monkeypatch.setattr(money, "add", fake)`.
    """
    if name not in text:
        return False
    quoted = rf"[\"'](?:[\w.:]*[.:])?{re.escape(name)}[\"']"
    return re.search(rf"\b(?:patch|object|setattr|delattr)\([^()]*{quoted}", text) is not None


def follow(dotted_name: str, files: Sequence[SourceFile], found: Elsewhere) -> tuple[set[str], list[Parsed]]:
    """All dotted names of one definition, as these files pass it on, and those of the files that may name it.

    Files that do not parse are told in `found`.
    """
    known = {dotted_name}
    parsed: dict[int, Parsed | None] = {}
    for _ in range(_MAX_HOPS):
        before = len(known)
        for at, other in enumerate(files):
            if not _may_name(other.text, known):
                continue
            if at not in parsed:
                parsed[at] = _parse(other, dotted_name.rpartition(".")[2], found)
            if (one := parsed[at]) is not None:
                known |= set(_passed_on(one, known))
        if len(known) == before:
            break
    return known, [one for one in parsed.values() if one is not None]


def _ask(request: UseExisting, questions: Sequence[tuple[Site, Question]], found: Elsewhere) -> None:
    if request.root is None or not questions:
        return
    if len(questions) > _MAX_QUESTIONS:
        found.cautions.append(
            f"{len(questions)} other places name {request.definition.name!r}; not all were looked into"
        )
    asked = questions[:_MAX_QUESTIONS]
    answers = means_definition(
        [question for _, question in asked], request.definition, request.root, request.source_roots
    )
    for (site, _), answer in zip(asked, answers, strict=True):
        if answer:
            found.further.append(site)
            found.named = True


def _may_name(text: str, known: set[str]) -> bool:
    """Whether a text may refer to a known name: it holds it, or a star, and its module or relative ones."""
    names = {one.rpartition(".")[2] for one in known}
    modules = {one.split(".")[-2] for one in known if "." in one}
    return (_has_word(text, names) or "import *" in text) and (
        _has_word(text, modules) or re.search(r"\bfrom\s+\.", text) is not None
    )


def _has_word(text: str, words: set[str]) -> bool:
    return any(one in text and re.search(rf"\b{re.escape(one)}\b", text) for one in words)


def _parse(other: SourceFile, name: str, found: Elsewhere) -> Parsed | None:
    tree = parse_text(other.text)
    if isinstance(tree, Unparsed):
        found.named = True
        found.cautions.append(f"{other.path.name}, which names {name!r}, {tree.reason.partition(';')[0]}")
        return None
    return Parsed(other, tree, names_of(tree))


def _passed_on(one: Parsed, known: set[str]) -> Iterator[str]:
    """The names under which a module makes a known definition available to those that import it."""
    if not one.file.module:
        return
    for name, bindings in one.names.module.bindings.items():
        if any(imported_name(binding, one.file) in known for binding in bindings):
            yield f"{one.file.module}.{name}"
    for last in _starred(one, known):
        yield f"{one.file.module}.{last}"


def _starred(one: Parsed, known: set[str]) -> Iterator[str]:
    """The known names that `import *` brings in."""
    for star in one.names.star_imports:
        if isinstance(star, cst.ImportFrom):
            module = imported_module(star, one.file)
            yield from (each.rpartition(".")[2] for each in known if each.rpartition(".")[0] == module)


def imports_any(one: Parsed, known: Set[str]) -> bool:
    """Whether a file imports a definition that goes by these dotted names."""
    return any(
        imported_name(binding, one.file) in known
        for scope in one.names.scopes
        for bindings in scope.bindings.values()
        for binding in bindings
    )


def sites_in(one: Parsed, known: set[str]) -> Iterator[tuple[Site, str]]:
    """The places where a file uses a definition of these dotted names, each with the name it uses."""
    starred = {name.rpartition(".")[2]: name for name in sorted(known)} if one.names.star_imports else {}
    brought = set(_starred(one, known))
    for name, uses in one.names.uses.items():
        for use in uses:
            scope = one.names.resolve(use.scope, name)
            if scope is None:
                if name in brought:
                    yield Site(one.file, one.tree, one.names, use.node), starred[name]
                continue
            for start in _meanings(scope, name, one.file):
                if start in known:
                    yield Site(one.file, one.tree, one.names, use.node), start
                    break
                climbed = _climb(one.names, use.node, start, known)
                if climbed is not None:
                    yield Site(one.file, one.tree, one.names, climbed[0]), climbed[1]
                    break


def _meanings(scope: Scope, name: str, file: SourceFile) -> set[str]:
    return {imported_name(binding, file) for binding in scope.bindings[name]} - {""}


def _climb(names: Names, node: cst.CSTNode, start: str, known: set[str]) -> tuple[cst.CSTNode, str] | None:
    """The attribute of a module that is a known definition: `app.money.new` for the `app` in it."""
    path = start
    while True:
        parent = names.parents.get(node)
        if not isinstance(parent, cst.Attribute) or parent.value is not node:
            return None
        path, node = f"{path}.{parent.attr.value}", parent
        if path in known:
            return node, path
        if not any(one.startswith(path + ".") for one in known):
            return None
