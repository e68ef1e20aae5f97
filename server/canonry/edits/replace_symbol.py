"""Uses of a superseded definition become uses of the one that took its place; the old one stays."""

from __future__ import annotations

from collections.abc import Iterator

from canonry.edits.binding import names_of
from canonry.edits.definitions import Definition, read_definition
from canonry.edits.existing import doubts_about, told_stub
from canonry.edits.facts import differences
from canonry.edits.pairing import pair_parameters
from canonry.edits.references import Elsewhere, Parsed, follow, sites_in
from canonry.edits.replace_in_file import replace_in_file
from canonry.edits.sites import Site, SiteChecker
from canonry.edits.sources import ReplaceSymbol, told_patches
from canonry.edits.tree import Unparsed, computed, parse_text
from canonry.model import Applicability, FileEdit, Fix, Refusal, Symbol, SymbolKind, Trait

MOST_NAMED = 3
"""Uses that stay which a caution names one by one."""


def replace_symbol(request: ReplaceSymbol) -> Fix | Refusal:
    """The change that puts `request.new` at the uses of `request.old`, or why none of them can go to it.

    Calls are mapped to the other parameters as `use_existing` does it. Uses that cannot be mapped stay as
    they are, which the caution says; the old definition stays too, and so do the uses inside of either one.
    """
    return computed(_compute, request)


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
