"""A workspace in memory that behaves as the engine's does towards the server, and can be told to misbehave.

Its one rule: `def NAME` in a document is a finding where a file of the index has a `def NAME` too.
It notes every call, and does slowly, or fails at, what its test asks it to.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from canonry.model import (
    Action,
    ActionKind,
    Applicability,
    Completion,
    FileEdit,
    Finding,
    Fix,
    Hover,
    IndexStatus,
    Location,
    Position,
    Progress,
    Range,
    Refusal,
    Related,
    Severity,
    Symbol,
    SymbolKind,
    TextEdit,
)
from canonry.workspace import CheckCancelled
from canonry.workspace.weighing import WeighedAction, weigh

DEFINITION = re.compile(r"^def (\w+)", re.MULTILINE)


def span(line: int, start: int, end: int) -> Range:
    return Range(Position(line, start), Position(line, end))


class FakeWorkspace:
    """See the module. `gate` holds every check until it is set; `failing` names methods that raise."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = SimpleNamespace(
            include=(), exclude=(), respect_gitignore=True, source_roots=(), max_file_size=1, severity={}
        )
        self.calls: list[tuple] = []
        self.buffers: dict[Path, tuple[str, int | None]] = {}
        self.index: dict[str, Symbol] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.checking = threading.Event()
        self.index_gate = threading.Event()
        self.index_gate.set()
        self.resolve_gate = threading.Event()
        self.resolve_gate.set()
        self.failing: set[str] = set()
        self.closed = False

    def note(self, name: str, *rest: object) -> None:
        assert not self.closed, f"{name} after shutdown"
        self.calls.append((name, *rest))
        if name in self.failing:
            raise RuntimeError(f"{name} is broken")

    def called(self, name: str) -> list[tuple]:
        return [call[1:] for call in list(self.calls) if call[0] == name]

    # settings

    def set_editor_settings(self, overrides: dict) -> None:
        self.note("set_editor_settings", overrides)
        self.settings = SimpleNamespace(
            **{
                **vars(self.settings),
                "severity": overrides.get("severity", {}),
                "exclude": overrides.get("exclude", ()),
            }
        )

    def reload_settings(self) -> bool:
        self.note("reload_settings")
        return True

    def touches_lessons(self, path: Path) -> bool:
        return path.suffix == ".md"

    def reload_lessons(self) -> bool:
        self.note("reload_lessons")
        return True

    def settings_findings(self) -> dict[Path, tuple[Finding, ...]]:
        path = self.root / "pyproject.toml"
        if not path.exists():
            return {}
        lines = path.read_text("utf-8").split("\n")
        findings = tuple(
            Finding("CN901", "settings", "no such key", Severity.WARNING, path, span(at, 0, len(line)))
            for at, line in enumerate(lines)
            if line.startswith("wrong")
        )
        return {path: findings}

    # index

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> IndexStatus:
        self.note("refresh")
        files = [path for path in sorted(self.root.rglob("*.py")) if path.is_file()]
        found: dict[str, Symbol] = {}
        for number, path in enumerate(files, 1):
            if progress is not None:
                progress(Progress(number, len(files), "files"))
            while not self.index_gate.wait(0.005) and not cancelled():
                pass
            if cancelled():
                break
            text = path.read_text("utf-8")
            found.update(self.definitions(path, text))
        self.index = found
        return IndexStatus(self.root, self.root, len(files), len(found), 0, 0, True)

    def definitions(self, path: Path, text: str) -> list[tuple[str, Symbol]]:
        relative = path.relative_to(self.root).with_suffix("").as_posix().replace("/", ".")
        found = []
        for match in DEFINITION.finditer(text):
            line = text.count("\n", 0, match.start())
            column = match.start(1) - match.start()
            name = match.group(1)
            at = span(line, column, column + len(name))
            found.append(
                (name, Symbol(name, f"{relative}.{name}", SymbolKind.FUNCTION, relative, path, at, at))
            )
        return found

    def forget(self, path: Path) -> None:
        self.note("forget", path)

    def settle(self) -> bool:
        return False

    def files_changed(self, paths: set[Path]) -> bool:
        self.note("files_changed", frozenset(paths))
        before = dict(self.index)
        self.index = {
            name: symbol
            for name, symbol in self.index.items()
            if not any(symbol.path == path or path in symbol.path.parents for path in paths)
        }
        for path in paths:
            if path.suffix == ".py" and path.exists():
                self.index.update(self.definitions(path, path.read_text("utf-8")))
        return self.index != before

    # documents

    def open(self, path: Path, text: str, version: int | None = None) -> None:
        self.note("open", path, text, version)
        assert path not in self.buffers
        self.buffers[path] = text, version

    def update(self, path: Path, text: str, version: int | None = None) -> None:
        self.note("update", path, text, version)
        assert path in self.buffers
        self.buffers[path] = text, version

    def close_buffer(self, path: Path) -> None:
        self.note("close_buffer", path)
        del self.buffers[path]

    def check(
        self,
        path: Path,
        cancelled: Callable[[], bool] = lambda: False,
        profile: dict[str, float] | None = None,
    ) -> tuple[Finding, ...]:
        if profile is not None:
            profile["CN001"] = 0.012
        version = self.buffers[path][1]
        self.note("check", path, version)
        self.checking.set()
        while not self.gate.wait(0.002):
            if cancelled():
                self.note("cancelled", path, version)
                raise CheckCancelled
        if cancelled():
            self.note("cancelled", path, version)
            raise CheckCancelled
        return self.findings(path)

    def findings(self, path: Path) -> tuple[Finding, ...]:
        found = []
        for at, line in enumerate(self.buffers[path][0].replace("\r\n", "\n").split("\n")):
            for match in re.finditer(r"\bdef (\w+)", line):
                existing = self.index.get(match.group(1))
                if existing is None or existing.path == path:
                    continue
                found.append(
                    Finding(
                        "CN001",
                        "reimplemented",
                        f"`{existing.qualified_name}` exists",
                        Severity.WARNING,
                        path,
                        span(at, match.start(1), match.end(1)),
                        related=(
                            Related(
                                "here", Location(existing.path, existing.name_range), existing.qualified_name
                            ),
                        ),
                        symbol=match.group(1),
                    )
                )
        return tuple(found)

    def actions(self, path: Path, range: Range) -> tuple[Action, ...]:
        self.note("actions", path, range)
        found: list[Action] = []
        for finding in self.findings(path):
            if not finding.range.overlaps(range):
                continue
            target = finding.related[0]
            base = Action(
                ActionKind.USE_EXISTING,
                f"Use {target.qualified_name}",
                path,
                finding.symbol,
                finding.range.start.line,
                target.qualified_name,
                target.location,
                preferred=True,
            )
            found += [
                base,
                replace(base, title="Risky", preferred=False, applicability=Applicability.UNSAFE),
                replace(base, title="Refused", preferred=False),
                replace(base, title="Impossible", preferred=False, disabled="the arguments differ"),
                replace(base, kind=ActionKind.OPEN_EXISTING, title="Open it", preferred=False),
            ]
        return tuple(found)

    def weigh(self, actions: Sequence[Action], every: bool = False) -> list[WeighedAction]:
        self.note("weigh", every)
        return weigh(actions, self.resolve, lambda one: (), every)

    def resolve(self, action: Action, reason: str = "") -> Fix | Refusal:
        self.note("resolve", action.title)
        text, version = self.buffers[action.path]
        self.resolve_gate.wait(20)
        if action.title == "Refused":
            return Refusal("the call sites are not known")
        line = text.split("\n")[action.line]
        edits = (TextEdit(span(action.line, 0, len(line)), f"from x import {action.symbol}"),)
        other = action.target_location
        assert other is not None
        at = other.range.end
        return Fix(
            action.title,
            (
                FileEdit(action.path, edits, version),
                FileEdit(other.path, (TextEdit(Range(at, at), "_"),)),
                FileEdit(self.root / "new.py", (TextEdit(span(0, 0, 0), "x = 1\n"),), creates=True),
            ),
            action.applicability,
            "arguments may change places" if action.applicability is Applicability.UNSAFE else "",
        )

    def hover(self, path: Path, position: Position) -> Hover | None:
        self.note("hover", path, position)
        for finding in self.findings(path):
            if finding.range.contains(position):
                name = finding.related[0].qualified_name
                return Hover(finding.range, f"**{name}**", name)
        return None

    def complete(self, path: Path, position: Position) -> tuple[Completion, ...]:
        self.note("complete", path, position)
        line = self.buffers[path][0].split("\n")[position.line]
        typed = re.match(r"\s*def (\w*)$", line[: position.column])
        if typed is None:
            return ()
        whole = span(position.line, 0, len(line))
        return tuple(
            Completion(
                name,
                symbol.module,
                "**doc**",
                f"def {name}",
                TextEdit(whole, ""),
                (TextEdit(span(0, 0, 0), f"from {symbol.module} import {name}\n"),),
                "0",
            )
            for name, symbol in self.index.items()
            if name.startswith(typed.group(1)) and symbol.path != path
        )

    def search(self, query: str, limit: int = 100) -> tuple[Symbol, ...]:
        self.note("search", query)
        return tuple(symbol for name, symbol in sorted(self.index.items()) if query in name)[:limit]

    def shutdown(self) -> None:
        self.note("shutdown")
        self.closed = True
