"""jedi, asked what a name means, and kept from running anything.

jedi reads the workspace's files, but it also imports compiled modules that it finds, and for that puts the
workspace's folders on `sys.path` of the whole process, where another thread's import could pick up a file
of the workspace. Its two functions that do so are replaced here: modules are looked up without `sys.path`,
and only modules built into the interpreter are ever taken from it.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from typing import Protocol

from canonry.edits.sources import SourceFile
from canonry.model import Position, Symbol

_log = logging.getLogger(__name__)

_one_at_a_time = threading.Lock()
"""jedi's caches are not made for several threads."""


@dataclass(frozen=True, slots=True)
class Question:
    """A name in a file."""

    file: SourceFile
    position: Position


class _Name(Protocol):
    name: str
    module_path: Path | None


class _Script(Protocol):
    path: Path

    def goto(self, line: int, column: int, *, follow_imports: bool) -> list[_Name]: ...


def means_definition(
    questions: Sequence[Question], definition: Symbol, root: Path, source_roots: Iterable[Path]
) -> list[bool]:
    """For each question whether the name there is the given definition, as far as jedi can tell.

    jedi reads all files but those asked about from the disk. Nothing of the workspace is executed.
    """
    answers: list[bool] = []
    scripts: dict[Path, _Script] = {}
    with _one_at_a_time:
        for question in questions:
            path = question.file.path
            if path not in scripts:
                scripts[path] = _script(question.file, root, source_roots)
            answers.append(_is_definition(scripts[path], question.position, definition))
    return answers


def _script(file: SourceFile, root: Path, source_roots: Iterable[Path]) -> _Script:
    import jedi

    jedi.settings.auto_import_modules = []
    project = jedi.Project(
        root,
        load_unsafe_extensions=False,
        smart_sys_path=False,
        sys_path=[str(one) for one in source_roots] or [str(root)],
    )
    script: _Script = jedi.Script(
        file.text, path=file.path, project=project, environment=_reading_environment()
    )
    return script


def _is_definition(script: _Script, position: Position, definition: Symbol) -> bool:
    try:
        found = script.goto(position.line + 1, position.column, follow_imports=True)
    except Exception:
        # jedi raises whatever its inference stumbles over; one name that is not understood is no reason
        # to give up the others
        _log.warning(
            "jedi could not tell what stands at %s:%s", script.path, position.line + 1, exc_info=True
        )
        return False
    return any(one.name == definition.name and one.module_path == definition.path for one in found)


@cache
def _reading_environment() -> object:
    from jedi.api.environment import InterpreterEnvironment
    from jedi.file_io import KnownContentFileIO
    from jedi.inference.compiled import access
    from jedi.inference.compiled.subprocess import InferenceStateSameProcess
    from jedi.inference.compiled.subprocess.functions import ImplicitNSInfo

    class ReadingProcess(InferenceStateSameProcess):  # type: ignore[misc]
        """Stands where jedi keeps its connection to an interpreter."""

        def get_module_info(
            self,
            string: str,
            sys_path: Sequence[str] | None = None,
            full_name: str | None = None,
            path: Iterable[str] | None = None,
            is_global_search: bool = True,
        ) -> tuple[object, bool | None]:
            """Where the source of a module is; (None, None) where there is none to be read."""
            if path is None and string in sys.builtin_module_names:
                return None, False
            spec = PathFinder.find_spec(string, list(path if path is not None else sys_path or ()))
            if spec is None:
                return None, None
            if spec.loader is None:
                return ImplicitNSInfo(full_name or string, list(spec.submodule_search_locations or ())), True
            if not isinstance(spec.loader, SourceFileLoader) or spec.origin is None:
                return None, None
            source = Path(spec.origin).read_bytes()
            return KnownContentFileIO(spec.origin, source), spec.submodule_search_locations is not None

        def load_module(self, dotted_name: str, sys_path: Sequence[str]) -> object:
            """A module of the interpreter itself; None for any other."""
            module = sys.modules.get(dotted_name) if dotted_name in sys.builtin_module_names else None
            if module is None:
                return None
            return access.create_access_path(self._inference_state_weakref(), module)

    class ReadingEnvironment(InterpreterEnvironment):  # type: ignore[misc]
        """The server's own interpreter, of which only the grammar's version is used."""

        def get_inference_state_subprocess(self, inference_state: object) -> ReadingProcess:
            return ReadingProcess(inference_state)

        def get_sys_path(self) -> list[str]:
            return []

    return ReadingEnvironment()
