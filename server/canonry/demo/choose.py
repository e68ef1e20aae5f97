"""A definition of any project that is worth typing anew, and the module to type it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tree_sitter import Node

from canonry.config import Settings
from canonry.demo.rewrite import Rewritten, parse, rewritten
from canonry.demo.scene import Scene, in_pieces
from canonry.index.discovery import SourceFile, discover, is_generated
from canonry.index.modules import ModuleNames
from canonry.syntax.dotted import common_start

FEWEST_LINES, MOST_LINES = 6, 25
"""A body's length: long enough to be no coincidence, short enough to be read."""
LARGEST_FILE = 60_000
"""Bytes. Nobody wants to look at more, and it keeps the choice quick."""
FILES_ASKED = 250
"""In a large project a part of the files is enough to choose from."""

_TEST = re.compile(
    r"(^|/)(tests?|testing|conftest|migrations|examples?|docs?)(/|\.py$)|(^|/)test_|_test\.py$"
)

_HELPERS = re.compile(r"util|helper|common|shared|tools|core|lib/", re.IGNORECASE)


@dataclass(frozen=True)
class _Module:
    path: Path
    name: str
    text: str
    root: Node
    imports: Mapping[str, str]
    """For each name that an import at the top binds the statement that binds it."""


@dataclass(frozen=True)
class _Candidate:
    module: _Module
    name: str
    rewritten: Rewritten
    score: tuple[int, ...]


def chosen_scene(root: Path, settings: Settings) -> Scene | None:
    """A function of the project typed anew in another of its modules; None where there is no fitting one.

    It has 6 to 25 lines with calls, stands at the top level of an importable module, is no test, has a
    name that no other module defines, and uses nothing of its own module but imports. The same project
    gives the same choice.
    """
    files = [file for file in discover(root, settings).files if file.size <= LARGEST_FILE]
    names = ModuleNames(root, [file.path for file in files], settings.source_roots)
    modules = [module for file in _some(files, root) if (module := _module(file, names)) is not None]
    shared = Counter(name for module in modules for name in _function_names(module))
    candidates = [
        candidate for module in modules for candidate in _candidates(module) if shared[candidate.name] == 1
    ]
    for candidate in sorted(candidates, key=lambda one: (one.score, one.module.name, one.name)):
        document = _document(candidate, modules)
        if document is not None:
            return _scene(root, candidate, document)
    return None


def _some(files: Sequence[SourceFile], root: Path) -> list[SourceFile]:
    """Files worth asking: helpers first, which people write twice, then those near the top."""

    def rank(file: SourceFile) -> tuple[bool, int, str]:
        path = Path(file.path).relative_to(root).as_posix()
        return _HELPERS.search(path) is None, path.count("/"), path

    fitting = [file for file in files if not _TEST.search(Path(file.path).relative_to(root).as_posix())]
    return sorted(fitting, key=rank)[:FILES_ASKED]


def _module(file: SourceFile, names: ModuleNames) -> _Module | None:
    path = Path(file.path)
    name = names.module_name(path)
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if not name or is_generated(data) or "\r" in text or name.endswith("__main__"):
        return None
    root = parse(data).root_node
    package = name if names.is_package(path) else name.rpartition(".")[0]
    return None if root.has_error else _Module(path, name, text, root, dict(_imports(root, package)))


def _imports(root: Node, package: str) -> Iterator[tuple[str, str]]:
    """Each name that an import statement at the top binds, with a statement that binds it alone."""
    for node in root.named_children:
        if node.type not in ("import_statement", "import_from_statement"):
            continue
        module = node.child_by_field_name("module_name")
        origin = _absolute(_text(module), package) if module is not None else ""
        for imported in node.children_by_field_name("name"):
            text = _text(imported)
            bound = (
                text.rpartition(" as ")[2] if " as " in text else text if origin else text.partition(".")[0]
            )
            yield bound.strip(), f"from {origin} import {text}" if module is not None else f"import {text}"


def _absolute(module: str, package: str) -> str:
    if not module.startswith("."):
        return module
    name = module.lstrip(".")
    parts = package.split(".")
    kept = parts[: len(parts) - (len(module) - len(name) - 1)]
    return ".".join([*kept, name] if name else kept)


def _function_names(module: _Module) -> Iterator[str]:
    for node in module.root.named_children:
        function = node.child_by_field_name("definition") or node
        if function.type == "function_definition":
            yield _text(function.child_by_field_name("name"))


def _candidates(module: _Module) -> Iterator[_Candidate]:
    for node in module.root.named_children:
        body = node.child_by_field_name("body")
        name = _text(node.child_by_field_name("name"))
        if node.type != "function_definition" or body is None or name.startswith(("_", "test", "main")):
            continue
        calls = {_text(call.child_by_field_name("function")) for call in _inside(body) if call.type == "call"}
        if len(calls) < 2 or body.end_point.row - body.start_point.row > 2 * MOST_LINES:
            continue
        new = rewritten(node, frozenset(module.imports) | {name})
        if new is None or not FEWEST_LINES <= new.lines <= MOST_LINES or not new.needs <= set(module.imports):
            continue
        typed = node.child_by_field_name("return_type") is not None
        yield _Candidate(
            module, name, new, (-min(len(calls), 4), -typed, abs(new.lines - 10), len(new.needs))
        )


def _document(candidate: _Candidate, modules: Sequence[_Module]) -> _Module | None:
    """The module to type it in: close by, without its name, and not one that its own module needs."""
    own = candidate.module
    source = set(own.imports.values())
    fitting = [
        module
        for module in modules
        if module.path != own.path
        and module.path.name != "__init__.py"
        and own.name not in module.text
        and not re.search(
            rf"\b({re.escape(candidate.name)}|{re.escape(candidate.rewritten.name)})\b", module.text
        )
        and not any(module.name in statement for statement in source)
        and all(
            module.imports.get(name, own.imports[name]) == own.imports[name]
            for name in candidate.rewritten.needs
        )
    ]
    parts = own.name.split(".")
    return min(
        fitting,
        key=lambda module: (-common_start(parts, module.name.split(".")), len(module.text)),
        default=None,
    )


def _scene(root: Path, candidate: _Candidate, document: _Module) -> Scene:
    missing = sorted(
        candidate.module.imports[name] for name in candidate.rewritten.needs if name not in document.imports
    )
    text = _with_imports(document, missing)
    text += "" if text.endswith("\n") or not text else "\n"
    return Scene(
        root=root,
        title=str(root),
        document=document.path,
        text=text,
        pieces=in_pieces(f"\n\n{candidate.rewritten.source}"),
        existing=f"{candidate.module.name}.{candidate.name}",
    )


def _with_imports(document: _Module, statements: Sequence[str]) -> str:
    """The module's text with imports added below those that it has."""
    if not statements:
        return document.text
    at = 0
    for position, node in enumerate(document.root.named_children):
        docstring = position == 0 and node.type == "expression_statement"
        if docstring or node.type in ("import_statement", "import_from_statement", "future_import_statement"):
            at = node.end_point.row + 1
    lines = document.text.splitlines(keepends=True)
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    return "".join([*lines[:at], *(f"{statement}\n" for statement in statements), *lines[at:]])


def _inside(node: Node) -> Iterator[Node]:
    pending = [node]
    while pending:
        at = pending.pop()
        yield at
        pending.extend(at.children)


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""
