"""Duplicates of a package's own definitions, written into other modules, and callers that use them."""

from __future__ import annotations

import ast
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from source import Edit, Function, Source, bound_by, free_names, in_f_string, parameters, top_level

MOST_CALLERS = 4
"""Files in which callers are switched."""


@dataclass
class Duplicate:
    """One written duplicate, and the files that change by it."""

    target: str
    """Qualified name of the existing definition."""
    name: str
    home: Path
    kind: str
    variant: str
    placement: str
    texts: dict[Path, str] = field(default_factory=dict)
    reached: list[Path] = field(default_factory=list)
    """The files whose callers were switched."""
    switched: int = 0


@dataclass(frozen=True)
class Copy:
    """The text of a duplicate and how calls of it are written."""

    code: str
    imports: tuple[tuple[str, str], ...]
    """What it has to import: (dotted name, the name it binds)."""
    order: tuple[str, ...] | None
    """The new names of the positional parameters in the original's order; None where calls stay as they are."""
    renamed: dict[str, str]


SYNONYMS = ("given_{}", "{}_value", "the_{}", "{}_in", "my_{}")
DOCSTRINGS = ('"""Another wording of the same."""', '"""Does it.\n\n    In so many words.\n    """')


def copy_function(source: Source, node: Function, name: str, variant: str, rng: random.Random) -> Copy | None:
    """A function again, under another name, its parameters and words changed as `variant` says."""
    if node.body[0].lineno <= node.lineno or any(d for d in node.decorator_list if not _plain(d)):
        return None
    if any(isinstance(one, ast.Name) and one.id == node.name for one in ast.walk(node)):
        return None  # calls itself
    arguments = node.args
    fixed = bool(arguments.vararg or arguments.posonlyargs)
    renamed: dict[str, str] = {}
    if "renamed" in variant:
        for one in parameters(node):
            if _renamable(source, node, one.arg):
                renamed[one.arg] = rng.choice(SYNONYMS).format(one.arg.strip("_"))
    if len(set(renamed.values())) != len(renamed) or set(renamed.values()) & _names(node):
        return None
    positional = [one.arg for one in arguments.args]
    defaults = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
    order = list(positional)
    keyword_only: list[str] = []
    if "reordered" in variant:
        required = [one for one in positional if one not in defaults]
        if fixed or len(required) < 2:
            return None
        swapped = required[1:] + required[:1]
        order = swapped + [one for one in positional if one in defaults]
    if "keyword" in variant:
        if fixed or len(positional) < 2:
            return None
        keyword_only = order[1:]
        order = order[:1]
    body_edits = [
        (*source.span(one), renamed[one.id])
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and one.id in renamed
    ]
    first = node.body[0]
    is_doc = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    if is_doc and len(node.body) == 1:
        return None
    if is_doc and "documented" in variant:
        body_edits.append((*source.span(first), rng.choice(DOCSTRINGS)))
    annotated = "annotated" in variant

    def shown(one: ast.arg, default: ast.expr | None) -> str:
        text = renamed.get(one.arg, one.arg)
        if annotated and one.annotation is not None:
            text += f": {ast.unparse(one.annotation)}"
        return text if default is None else f"{text}={ast.unparse(default)}"

    by_name = {one.arg: one for one in arguments.args}
    parts = [shown(one, None) for one in arguments.posonlyargs]
    if parts:
        offset = len(arguments.posonlyargs) + len(positional) - len(arguments.defaults)
        if offset < len(arguments.posonlyargs):
            return None
        parts.append("/")
    parts += [shown(by_name[one], defaults.get(one)) for one in order]
    if arguments.vararg:
        parts.append("*" + shown(arguments.vararg, None))
    elif keyword_only or arguments.kwonlyargs:
        parts.append("*")
    parts += [shown(by_name[one], defaults.get(one)) for one in keyword_only]
    parts += [
        shown(one, default) for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        parts.append("**" + shown(arguments.kwarg, None))
    returns = f" -> {ast.unparse(node.returns)}" if annotated and node.returns is not None else ""
    prefix = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    body_start = source.starts[_header_end(source, node)]
    body_end = source.span(node)[1]
    whole = Source(source.path, source.text, source.module, source.is_package)
    after = _cut(whole, body_start, body_end, body_edits)
    decorators = "".join(f"@{ast.unparse(one)}\n" for one in node.decorator_list)
    code = f"{decorators}{prefix}def {name}({', '.join(parts)}){returns}:\n{after}\n"
    try:
        parsed = ast.parse(code).body[0]
    except SyntaxError:
        return None
    imports = tuple(sorted(_imports(source, free_names(parsed))))
    if any(not dotted for dotted, _ in imports):
        return None
    changed = bool(renamed or keyword_only or order != positional)
    return Copy(code, imports, tuple(positional) if changed else None, renamed)


def copy_class(source: Source, node: ast.ClassDef, name: str, variant: str) -> Copy | None:
    """A class again, under another name; its words changed, or a method more, as `variant` says."""
    if node.keywords or any(d for d in node.decorator_list if not _plain(d)) or len(node.body) < 2:
        return None
    if any(isinstance(one, ast.Constant) and one.value == node.name for one in ast.walk(node)):
        return None
    if any(
        isinstance(one, ast.Name) and one.id == node.name and in_f_string(source, one)
        for one in ast.walk(node)
    ):
        return None
    start = source.starts[min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1]
    end = source.span(node)[1]
    header = source.data.index(b"class", source.span(node)[0])
    at = source.data.index(node.name.encode(), header)
    edits: list[Edit] = [(at, at + len(node.name.encode()), name)]
    edits += [
        (*source.span(one), name)
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and one.id == node.name
    ]
    first = node.body[0]
    if "documented" in variant and isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        edits.append((*source.span(first), DOCSTRINGS[0]))
    code = _cut(source, start, end, edits) + "\n"
    if "extended" in variant:
        code += "\n    def told_apart(self):\n        return type(self).__name__\n"
    try:
        parsed = ast.parse(code).body[0]
    except SyntaxError:
        return None
    imports = tuple(sorted(_imports(source, free_names(parsed) - {name})))
    if any(not dotted for dotted, _ in imports):
        return None
    return Copy(code, imports, None, {})


def _plain(decorator: ast.expr) -> bool:
    """Decorators that may be repeated without any effect elsewhere."""
    text = ast.unparse(decorator).partition("(")[0].rpartition(".")[2]
    return text in (
        "contextmanager",
        "lru_cache",
        "cache",
        "wraps",
        "dataclass",
        "total_ordering",
        "define",
        "frozen",
    )


def _header_end(source: Source, node: Function) -> int:
    """The zero-based line where the body begins, comments in front of it included."""
    last = max(
        [node.lineno]
        + [
            one.end_lineno or 0
            for one in (*parameters(node), *node.args.defaults, *node.args.kw_defaults)
            if one
        ]
        + ([node.returns.end_lineno or 0] if node.returns else [])
    )
    lines = source.text.split("\n")
    while not lines[last - 1].split("#")[0].rstrip().endswith(":"):
        last += 1
    return last


def _cut(source: Source, start: int, end: int, edits: Sequence[Edit]) -> str:
    data = source.data[:end]
    for one, other, new in sorted(edits, reverse=True):
        if one >= start:
            data = data[:one] + new.encode() + data[other:]
    return data[start:].decode()


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
        one.arg for one in ast.walk(node) if isinstance(one, ast.arg)
    }


def _renamable(source: Source, node: Function, name: str) -> bool:
    if name in ("self", "cls"):
        return False
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id == name and in_f_string(source, one):
            return False
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and one is not node:
            inner = one.args
            if name in {a.arg for a in (*inner.args, *inner.kwonlyargs, *inner.posonlyargs)}:
                return False
        if isinstance(one, ast.comprehension) and name in _names(one.target):
            return False
        if isinstance(one, (ast.Nonlocal, ast.Global, ast.ClassDef)):
            return False
        if isinstance(one, ast.Call) and ast.unparse(one.func) in ("locals", "eval", "exec", "vars"):
            return False
        if isinstance(one, ast.ExceptHandler) and one.name == name:
            return False
        if isinstance(one, (ast.MatchAs, ast.MatchStar)) and one.name == name:
            return False
    return True


def _imports(source: Source, names: set[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in source.bound:
            yield source.means(name), name
        else:
            yield "", name


# Into a module


def place_copy(copy: Copy, origin: Source, home: Source, name: str, in_closure: bool) -> str | None:
    """The text of `home` with the duplicate at its end, and what it needs imported; None where that clashes."""
    taken = {one.id for one in ast.walk(home.tree) if isinstance(one, ast.Name)} | home.bound.keys()
    if name in taken:
        return None
    head: list[str] = []
    inner: list[str] = []
    for dotted, bound in copy.imports:
        if home.means(bound) == dotted or (home.module == origin.module):
            continue
        line = import_line(dotted, bound)
        local = dotted.rpartition(".")[0] == origin.module and in_closure
        if bound in taken or local:
            inner.append(line)
        else:
            head.append(line)
    code = copy.code
    if inner:
        tree = ast.parse(code).body[0]
        if not isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        outside = {one.id for part in (tree.args, *([tree.returns] if tree.returns else []), *tree.decorator_list)
                   for one in ast.walk(part) if isinstance(one, ast.Name)}  # fmt: skip
        if outside & {line.rpartition(" ")[2] for line in inner}:
            return None
        lines = code.split("\n")
        at = tree.body[0].lineno - 1
        if isinstance(tree.body[0], ast.Expr) and isinstance(tree.body[0].value, ast.Constant):
            at = tree.body[1].lineno - 1
        blank = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines[at:at] = [blank + line for line in inner]
        code = "\n".join(lines)
    lines = home.text.rstrip("\n").split("\n")
    lines[home.import_end : home.import_end] = head
    return "\n".join(lines) + "\n\n\n" + code


def import_line(dotted: str, bound: str) -> str:
    """The import statement that binds a name."""
    if dotted.startswith("import "):
        module = dotted.removeprefix("import ")
        return f"import {module}" if module.partition(".")[0] == bound else f"import {module} as {bound}"
    module, _, name = dotted.rpartition(".")
    return f"from {module} import {name}" + ("" if name == bound else f" as {bound}")


# Callers


def switch_callers(
    source: Source, target: str, copy: Copy, name: str, module: str, reached: set[int], cyclic: bool
) -> tuple[str, int] | None:
    """A file whose calls of `target` call the duplicate instead, and how many do; None where none can.

    `reached` are the first lines of functions that tests run; `cyclic` says that the duplicate's module
    imports this file, so that the import goes into the functions.
    """
    own = target.rpartition(".")[2]
    local = next((one for one in source.bound if source.means(one) == target), "")
    if not local or _bound_again(source, local):
        return None
    edits: list[Edit] = []
    holders: list[Function] = []
    for call in ast.walk(source.tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != local:
            continue
        around = [
            one for one in source.around(call) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
        ]
        if not around or in_f_string(source, call):
            continue
        if any(one.name == own for one in around) or any(
            call in ast.walk(d) for f in around for d in f.decorator_list
        ):
            continue
        if not any(_first_line(one) in reached for one in around) and reached:
            continue
        written = _written_call(source, call, copy)
        if written is None:
            continue
        edits.append((*source.span(call.func), name))
        edits += written
        if around[-1] not in holders:
            holders.append(around[-1])
    if not edits:
        return None
    spans = sorted(edits)
    if any(a[1] > b[0] for a, b in itertools.pairwise(spans)):
        return None
    if source.module != module:
        line = f"from {module} import {name}"
        if cyclic:
            for one in holders:
                first = (
                    one.body[1] if len(one.body) > 1 and isinstance(one.body[0], ast.Expr) else one.body[0]
                )
                if first.lineno == one.lineno or getattr(first, "decorator_list", None):
                    return None
                at = source.starts[first.lineno - 1]
                edits.append((at, at, " " * first.col_offset + line + "\n"))
        else:
            at = (
                source.starts[source.import_end]
                if source.import_end < len(source.starts)
                else len(source.data)
            )
            edits.append((at, at, line + "\n"))
    return source.edited(edits), len({e[0] for e in edits})


def _first_line(node: Function) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _bound_again(source: Source, name: str) -> bool:
    """Whether anything but the top level's one binding gives the name a meaning."""
    count = 0
    for one in ast.walk(source.tree):
        if isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load):
            return True
        if isinstance(one, ast.arg) and one.arg == name:
            return True
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            count += list(bound_by(one)).count(name)
    return count != 1


def _written_call(source: Source, call: ast.Call, copy: Copy) -> list[Edit] | None:
    if copy.order is None:
        return []
    if any(isinstance(one, ast.Starred) for one in call.args) or any(
        one.arg is None for one in call.keywords
    ):
        return None
    if len(call.args) > len(copy.order):
        return None
    edits: list[Edit] = []
    for at, one in enumerate(call.args):
        if isinstance(one, (ast.GeneratorExp, ast.NamedExpr)):
            return None
        start = source.span(one)[0]
        if source.data[:start].rstrip().endswith(b"(") and at:
            return None
        if at == 0 and source.data[source.span(call.func)[1] : start].strip() != b"(":
            return None
        name = copy.order[at]
        edits.append((start, start, f"{copy.renamed.get(name, name)}="))
    for keyword in call.keywords:
        assert keyword.arg is not None
        if keyword.arg in copy.renamed:
            start = source.span(keyword)[0]
            edits.append((start, start + len(keyword.arg.encode()), copy.renamed[keyword.arg]))
    return edits


# Which module imports which


def import_closure(sources: dict[str, Source]) -> dict[str, set[str]]:
    """For each module those that are imported with it."""
    direct: dict[str, set[str]] = {}
    for module, source in sources.items():
        found: set[str] = set()
        for one in top_level(source.tree.body):
            if isinstance(one, ast.Import):
                found |= {alias.name for alias in one.names}
            if isinstance(one, ast.ImportFrom):
                base = source.absolute(one)
                found |= {base, *(f"{base}.{alias.name}" for alias in one.names)}
        direct[module] = found & sources.keys()
    closure: dict[str, set[str]] = {}
    for module in direct:
        seen: set[str] = set()
        todo = [module]
        while todo:
            for one in direct.get(todo.pop(), ()):
                if one not in seen:
                    seen.add(one)
                    todo.append(one)
        closure[module] = seen
    return closure
