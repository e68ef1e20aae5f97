"""The new class derives from the existing one, and its members that are the same go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from canonry.edits.definitions import code_of
from canonry.edits.delegate import statement_start
from canonry.edits.existing import Doubts, doubts_about
from canonry.edits.facts import is_quiet_base, members, registering
from canonry.edits.importing import find_import, write_import
from canonry.edits.imports import find_unused_imports
from canonry.edits.naming import exported_names
from canonry.edits.references import Parsed, sites_in
from canonry.edits.removal import definition_lines
from canonry.edits.same_members import (
    ClassInFile,
    bases_of,
    located,
    meaning_in,
    no_longer_there,
    parts_of,
    same_members,
)
from canonry.edits.sources import SourceFile, UseExisting
from canonry.edits.text import Splice, join_deletions, splice_text, to_edits
from canonry.edits.tree import Tree, Unparsed, computed, dotted, parse_text, walk
from canonry.edits.verify import problem_with
from canonry.model import Applicability, FileEdit, Fix, Refusal, Symbol, SymbolKind, Trait

_CLOSED = frozenset(("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "NamedTuple", "Protocol"))
"""Bases whose classes cannot be derived from as they stand."""


def extend(request: UseExisting) -> Fix | Refusal:
    """The change that makes the new class a subclass of the existing one, or why it cannot be made.

    Members that are the same in both, names of the two modules included, are inherited; docstring, comments
    and all other members stay. Safe where the existing class has no member that the new one has not, and no
    code that was looked at (`request.others`: the files that use the existing class) tests for it.
    """
    return computed(_compute, request)


def _compute(request: UseExisting) -> Fix | Refusal:
    read = []
    for file, symbol in (
        (request.file, request.definition),
        (request.target_file, request.target),
    ):
        one = _read(file, symbol, request.canonical)
        if isinstance(one, str):
            return Refusal(one)
        read.append(one)
    new, target = read
    reason = _reason_against(request, new, target)
    if reason:
        return Refusal(reason)
    doubts = doubts_about(request.target, request.target_file, request.target_stub)
    if doubts.refusal:
        return Refusal(doubts.refusal)
    dropped = same_members(new, target)
    if not dropped:
        return Refusal(f"no member of {target.node.name.value} is the same in {new.node.name.value}")
    gone = set(dropped)
    kept = [one for one in _statements(new.node) if one not in gone]
    if any(map(is_mangled, kept)):
        return Refusal(f"private names (__x) of {new.node.name.value} belong to the class that has them")
    if any(isinstance(one, cst.Name) and one.value == "super" for part in kept for one in walk(part)):
        return Refusal(f"super() in {new.node.name.value} would reach {target.node.name.value}")
    return _fix(request, new, target, dropped, doubts)


def _read(file: SourceFile, symbol: Symbol, canonical: Callable[[str], str]) -> ClassInFile | str:
    place = located(file, symbol)
    if isinstance(place, str):
        return place
    tree, names, definition, start = place
    for scope in names.scopes:
        if isinstance(scope.node, cst.ClassDef) and tree.span(scope.node.name)[0] == start:
            return ClassInFile(file, tree, names, scope.node, scope, definition, canonical)
    return (
        no_longer_there(symbol)
        if symbol.kind is not SymbolKind.CLASS
        else f"{symbol.name} has type parameters"
    )


# Reasons against it


def _reason_against(request: UseExisting, new: ClassInFile, target: ClassInFile) -> str:
    existing, name = request.target, request.definition.name
    if "." in existing.local_name and existing.module:
        return f"{existing.local_name} is defined inside another definition"
    if not existing.importable and existing.path != request.file.path:
        return f"{existing.qualified_name} cannot be imported"
    if existing.traits & Trait.TYPE_CHECKING:
        return f"{existing.name} exists for type checkers only"
    if any(one.path.suffix == ".pyi" for one in (request.file, request.target_file)):
        return "a stub describes code that stands elsewhere"
    if not isinstance(new.node.body, cst.IndentedBlock):
        return f"the body of {name} stands on the line of its header"
    bases, others = (bases_of(one) for one in (new, target))
    if any(one is None for one in (*bases, *others)):
        return "a base class is no plain name"
    if any(str(one).startswith("typing.Generic") for one in others):
        return f"{existing.name} is generic, and what derives from it is not"
    have = members(new.node)
    for one in ("__init__", "__new__", "__getattr__", "__getattribute__"):
        if one in members(target.node) and one not in have:
            return f"{name} would get {one} of {existing.name}"
    if existing.name in {str(one).rpartition(".")[2] for one in bases}:
        return f"{name} derives from {existing.name} already"
    beyond = [one for one in bases if one not in others and one != "object"]
    if beyond:
        other = existing.qualified_name if existing.name == name else existing.name
        return f"{name} derives from {beyond[0]}, and {other} does not"
    if any(str(one).rpartition(".")[2] in _CLOSED for one in others):
        return f"{existing.name} is a {str(others[0]).rpartition('.')[2]}, which cannot be extended"
    if any("final" in one for one in target.definition.decorators):
        return f"{existing.name} is final"
    if new.definition.decorators != target.definition.decorators:
        return f"{name} and {existing.name} have other decorators"
    if [code_of(one) for one in new.node.keywords] != [code_of(one) for one in target.node.keywords]:
        return f"{name} and {existing.name} have other class arguments"
    if any("__slots__" in members(one.node) for one in (new, target)):
        return "one of them has __slots__"
    if new.definition.decorators and not _fields_fit(new.node, target.node):
        return f"the fields of {existing.name} do not begin those of {name}"
    if _reads(target, request):
        return f"{existing.name} itself uses {name}"
    return ""


def _fields_fit(new: cst.ClassDef, target: cst.ClassDef) -> bool:
    """Whether the fields of the existing class, in their order, begin those of the new one."""
    mine, theirs = (
        [code_of(one) for one in parts_of(node) if isinstance(one, (cst.Assign, cst.AnnAssign))]
        for node in (new, target)
    )
    return mine[: len(theirs)] == theirs


def _reads(target: ClassInFile, request: UseExisting) -> bool:
    name = request.definition.name
    if request.file.path == request.target_file.path:
        nodes = [use.node for use in target.names.uses.get(name, ())]
    else:
        parsed = Parsed(target.file, target.tree, target.names)
        nodes = [site.node for site, _ in sites_in(parsed, {f"{request.file.module}.{name}"})]
    start, end = target.tree.span(target.node)
    return any(start <= target.tree.span(one)[0] < end for one in nodes)


def _statements(node: cst.ClassDef) -> Iterator[cst.CSTNode]:
    for line in node.body.body:
        if isinstance(line, cst.SimpleStatementLine):
            yield from line.body
        elif isinstance(line, cst.CSTNode):
            yield line


def is_mangled(member: cst.CSTNode) -> bool:
    """Whether names with two underscores in front are used in a member of a class."""
    for node in walk(member):
        name = node.value if isinstance(node, cst.Name) else ""
        if isinstance(node, cst.Attribute):
            name = node.attr.value
        if isinstance(node, cst.FunctionDef):
            name = node.name.value
        if name.startswith("__") and not name.endswith("__"):
            return True
    return False


# The text


def _fix(
    request: UseExisting, new: ClassInFile, target: ClassInFile, dropped: list[cst.CSTNode], doubts: Doubts
) -> Fix | Refusal:
    tree, names, node = new.tree, new.names, new.node
    before = statement_start(tree, node)
    outer = new.scope.parent or names.module
    found = find_import(request, tree, names, [outer], before, runs_later=False)
    if isinstance(found, Refusal):
        return found
    splices = [_header(new, found.name), *member_removals(new, dropped)]
    spans = [(one.start, one.end) for one in splices]
    kept = {*request.exported, *exported_names(tree.module), found.name}
    unused = find_unused_imports(tree, names, request.file, spans, kept)
    splices += write_import(request, tree, names, found, before, unused, splices)
    splices = join_deletions(splices)
    after = splice_text(request.file.text, splices)
    problem = problem_with(names, after, found.name if found.module else "")
    if problem:
        return Refusal(f"internal: {problem}")
    cautions = [*doubts.cautions, *_cautions(request, new, target)]
    where = "" if request.target_file.path == request.file.path else f" from {request.target.module}"
    return Fix(
        f"Derive {request.definition.name} from {request.target.name}{where}",
        (FileEdit(request.file.path, to_edits(tree.lines, splices), request.file.version),),
        Applicability.UNSAFE if cautions else Applicability.SAFE,
        "; ".join(cautions),
    )


def _header(new: ClassInFile, base: str) -> Splice:
    """The base into the header, in place of those that it has itself."""
    node, tree = new.node, new.tree
    if node.bases:
        start, _ = tree.span(node.bases[0])
        _, end = tree.span(node.bases[-1].value)
        last = node.bases[-1].value
        if last.rpar:
            end = tree.span(last.rpar[-1])[1]
        return Splice(start, end, base)
    _, end = tree.span(node.name)
    if isinstance(node.lpar, cst.LeftParen):
        start, stop = tree.span(node.lpar)
        return Splice(stop, stop, f"{base}, " if node.keywords else base)
    return Splice(end, end, f"({base})")


def member_removals(new: ClassInFile, dropped: Sequence[cst.CSTNode]) -> list[Splice]:
    """The edits that take members out of a class; `pass` stays where nothing else does."""
    tree, node = new.tree, new.node
    body = list(node.body.body)
    gone = set(dropped)
    left = [
        one
        for one in body
        if one not in gone and not (isinstance(one, cst.SimpleStatementLine) and one.body[0] in gone)
    ]
    if not left:
        first, last = body[0], body[-1]
        starts = [tree.span(first)[0]]
        if isinstance(first, cst.FunctionDef):
            starts += [tree.span(one)[0] for one in first.decorators]
        return [Splice(min(starts), tree.span(last)[1], "pass")]
    runs: list[list[cst.CSTNode]] = [[]]
    for statement in body:
        if statement in gone or (
            isinstance(statement, cst.SimpleStatementLine) and statement.body[0] in gone
        ):
            runs[-1].append(statement)
        elif runs[-1]:
            runs.append([])
    return [_removal(tree, run, body) for run in runs if run]


def _removal(tree: Tree, run: list[cst.CSTNode], body: Sequence[cst.CSTNode]) -> Splice:
    """Takes members that follow each other out, and the blank lines that they had for themselves."""
    lines = tree.lines
    first, _ = _lines_of(tree, run[0])
    _, end = _lines_of(tree, run[-1])
    above, below = first, end
    while tree.is_blank(above - 1):
        above -= 1
    while below < len(lines.starts) and tree.is_blank(below):
        below += 1
    stop = lines.starts[end] if end < len(lines.starts) else len(tree.text)
    if run[-1] is body[-1]:
        return Splice(lines.starts[above], stop, "")
    if run[0] is body[0]:
        return Splice(lines.starts[above], lines.starts[below], "")
    if first - above >= below - end:
        return Splice(lines.starts[first], lines.starts[below], "")
    return Splice(lines.starts[above], stop, "")


def _lines_of(tree: Tree, node: cst.CSTNode) -> tuple[int, int]:
    """The zero-based lines of a member, the last one excluded, with the comments above a method."""
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return definition_lines(tree, node)
    start, end = tree.span(node)
    return tree.lines.line_of(start), tree.lines.line_of(end) + 1


def _cautions(request: UseExisting, new: ClassInFile, target: ClassInFile) -> list[str]:
    mine, theirs = members(new.node), members(target.node)
    name = request.target.name
    found: list[str] = []
    extra = [one for one in theirs if one not in mine]
    if extra:
        dots = ", ..." if extra[5:] else ""
        found.append(f"{request.definition.name} also gets {', '.join(extra[:5])}{dots}")
    bases = set(bases_of(new))
    more = [one for one in target.node.bases if meaning_in(target, one.value) not in {*bases, "object"}]
    if more:
        found.append(f"{name} derives from {', '.join(code_of(one.value) for one in more)}")
    if "__init_subclass__" in theirs:
        found.append(f"{name} hears of its subclasses")
    unknown = [code_of(one.value) for one in target.node.bases if not is_quiet_base(one)]
    if unknown:  # a metaclass further above may read what a class has itself, as those of fields do
        found.append(f"what {unknown[0]} does with the classes below it was not looked at")
    found += [
        f"{text} does more with a class than define it"
        for text in registering(target.definition, target.definition)
    ]
    places = [_tests_for(one, request) for one in (request.file, request.target_file, *request.others)]
    tested = sorted({place for place in places if place})
    if tested:
        found.append(f"tests for {name} in {', '.join(tested[:3])} then take {request.definition.name} in")
    return found


def _tests_for(file: SourceFile, request: UseExisting) -> str:
    """The file's name where it tests for the existing class, catches it or matches against it."""
    name = request.target.name
    if name not in file.text:
        return ""
    tree = parse_text(file.text)
    if isinstance(tree, Unparsed):
        return file.path.name
    for node in walk(tree.module):
        if isinstance(node, cst.Call) and dotted(node.func).rpartition(".")[2] in _TESTS:
            parts: list[cst.CSTNode] = list(node.args)
        elif isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)) and node.type is not None:
            parts = [node.type]
        elif isinstance(node, cst.MatchClass):
            parts = [node.cls]
        elif isinstance(node, cst.Comparison) and "type(" in code_of(node):
            parts = [node]
        else:
            continue
        if any(isinstance(one, cst.Name) and one.value == name for part in parts for one in walk(part)):
            return file.path.name
    return ""


_TESTS = ("isinstance", "issubclass", "register", "__subclasses__", "suppress", "raises", "assertRaises")
