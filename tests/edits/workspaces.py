"""Small workspaces in memory, and requests about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from canonry.edits.references import patches
from canonry.edits.sources import ReplaceSymbol, SourceFile, UseExisting
from canonry.edits.text import LINE_END, Lines
from canonry.model import (
    Parameter,
    ParameterKind,
    Position,
    Range,
    Signature,
    Symbol,
    SymbolKind,
    Trait,
)

ROOT = Path("/workspace")


@dataclass
class Files:
    """The texts of a workspace by their paths below its root."""

    texts: Mapping[str, str]
    options: Mapping[str, object] = field(default_factory=dict)
    root: Path = ROOT

    def source(self, path: str) -> SourceFile:
        return SourceFile(
            self.root / path, self.texts[path], module_name(path), path.endswith("__init__.py"), version=1
        )

    def request(self, new: str, target: str) -> UseExisting:
        """The wish to use `target` in place of `new`, both `path.py::Qualified.name`."""
        new_path, new_name = new.split("::")
        target_path, target_name = target.split("::")
        modules = {module_name(path) for path in self.texts}
        definition = self.symbol(new_path, new_name)
        return UseExisting(
            file=self.source(new_path),
            definition=definition,
            target=self.symbol(target_path, target_name),
            target_file=self.source(target_path),
            stub=self.stub(new_path),
            target_stub=self.stub(target_path),
            patched_in=tuple(
                path.rpartition("/")[2]
                for path in sorted(self.texts)
                if patches(self.texts[path], target_name)
            ),
            others=tuple(
                self.source(path)
                for path in sorted(self.texts)
                if path != new_path and path.endswith(".py") and "undecided" not in path
            ),
            imports_of=lambda module: frozenset(
                one
                for path in self.texts
                if module_name(path) == module
                for one in self.imports(path, modules)
            ),
            first_party=frozenset(one.partition(".")[0] for one in modules),
            **self.options,  # type: ignore[arg-type]
        )

    def stub(self, path: str) -> SourceFile | None:
        """The stub beside a module."""
        beside = f"{path}i"
        return self.source(beside) if beside in self.texts else None

    def replacement(self, old: str, new: str) -> ReplaceSymbol:
        """The wish that every use of `old` is one of `new`, both `path.py::name`."""
        use = self.request(old, new)
        return ReplaceSymbol(
            old=use.definition,
            old_file=use.file,
            new=use.target,
            new_file=use.target_file,
            new_stub=use.target_stub,
            files=tuple(self.source(path) for path in sorted(self.texts)),
            imports_of=use.imports_of,
            first_party=use.first_party,
            relative_imports=use.relative_imports,
        )

    def symbol(self, path: str, name: str) -> Symbol:
        """The definition with a dotted name in a file, as the index would describe it."""
        text = self.texts[path]
        module = module_name(path)
        named = [one for one in definitions(ast.parse(plain(text))) if one[0] == name]
        if not named:
            raise LookupError(f"no {name} in {path}")
        local, node, chain = named[-1]  # the one that counts, below its overloads
        return make_symbol(self.root / path, text, module, local, node, chain)

    def imports(self, path: str, modules: set[str]) -> Iterator[str]:
        """The modules that a file imports while it is imported."""
        module = module_name(path)
        package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
        todo: list[ast.AST] = list(ast.parse(plain(self.texts[path])).body)
        while todo:
            node = todo.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                continue
            todo.extend(ast.iter_child_nodes(node))
            if isinstance(node, ast.Import):
                yield from (one.name for one in node.names if one.name in modules)
            if isinstance(node, ast.ImportFrom):
                base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                origin = ".".join([*base, *([node.module] if node.module else [])])
                for one in node.names:
                    for candidate in (f"{origin}.{one.name}", origin):
                        if candidate in modules:
                            yield candidate
                            break


def module_name(path: str) -> str:
    """The dotted name of a path below the root; "" for what no import can name."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    if parts[0] == "scripts":
        return ""
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def plain(text: str) -> str:
    """A text as `ast` counts its lines."""
    return LINE_END.sub("\n", text.removeprefix("\ufeff"))


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(
    tree: ast.AST, prefix: str = "", chain: tuple[ast.AST, ...] = ()
) -> Iterator[tuple[str, Definition, tuple[ast.AST, ...]]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield prefix + node.name, node, (*chain, tree)
            yield from definitions(node, f"{prefix}{node.name}.", (*chain, tree))
        else:
            yield from definitions(node, prefix, (*chain, tree))


def make_symbol(
    path: Path, text: str, module: str, local: str, node: Definition, chain: tuple[ast.AST, ...]
) -> Symbol:
    lines = Lines(text)

    def place(line: int, column: int) -> Position:
        content = lines.content(line - 1)
        shift = 1 if line == 1 and content.startswith("\ufeff") else 0
        return Position(line - 1, shift + len(content[shift:].encode()[:column].decode()))

    assert node.end_lineno is not None and node.end_col_offset is not None
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    head = place(node.lineno, node.col_offset)
    line = lines.content(head.line)
    start = line.index(node.name, line.index("def " if not isinstance(node, ast.ClassDef) else "class ") + 4)
    kind = SymbolKind.CLASS if isinstance(node, ast.ClassDef) else SymbolKind.FUNCTION
    if kind is SymbolKind.FUNCTION and isinstance(chain[-1], ast.ClassDef):
        kind = SymbolKind.METHOD
    traits = Trait.NONE
    for outer in chain:
        if isinstance(outer, ast.If) and "TYPE_CHECKING" in ast.dump(outer.test):
            traits |= Trait.TYPE_CHECKING
    if node.name.startswith("test_"):
        traits |= Trait.TEST
    return Symbol(
        name=node.name,
        qualified_name=f"{module}.{local}" if module else local,
        kind=kind,
        module=module,
        path=path,
        range=Range(Position(first - 1, head.column), place(node.end_lineno, node.end_col_offset)),
        name_range=Range(Position(head.line, start), Position(head.line, start + len(node.name))),
        signature=None if isinstance(node, ast.ClassDef) else signature(node),
        docstring=ast.get_docstring(node) or "",
        decorators=tuple(ast.unparse(one) for one in node.decorator_list),
        traits=traits,
    )


def signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Signature:
    args = node.args
    found: list[Parameter] = []
    positional = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(positional) - len(args.defaults)) + [ast.unparse(one) for one in args.defaults]
    for at, (one, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = ParameterKind(0 if at < len(args.posonlyargs) else 1)
        found.append(Parameter(one.arg, kind, one.annotation and ast.unparse(one.annotation), default))
    if args.vararg:
        found.append(Parameter(args.vararg.arg, ParameterKind.VAR_POSITIONAL))
    for one, value in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        found.append(Parameter(one.arg, ParameterKind.KEYWORD_ONLY, None, value and ast.unparse(value)))
    if args.kwarg:
        found.append(Parameter(args.kwarg.arg, ParameterKind.VAR_KEYWORD))
    returns = ast.unparse(node.returns) if node.returns else None
    return Signature(tuple(found), returns, isinstance(node, ast.AsyncFunctionDef))
