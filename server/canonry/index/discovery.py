"""Which files of a workspace are its own Python source: found on the disk, or asked of one path."""

# Paths are strings here: a Path for each of thousands of entries would take most of the time.
# ruff: noqa: PTH100, PTH114, PTH116, PTH118

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch, translate
from pathlib import Path
from stat import S_ISREG

from canonry.config import Settings
from canonry.config.globs import Globs
from canonry.index.generated import is_generated as is_generated
from canonry.index.ignores import IgnoreFile, excludes, outer_ignores, read_ignores

NEVER = frozenset(
    {
        ".bzr",
        ".cache",
        ".direnv",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".ipynb_checkpoints",
        ".mypy_cache",
        ".nox",
        ".pixi",
        ".pytest_cache",
        ".pytype",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "CVS",
        "__pycache__",
        "__pypackages__",
        "node_modules",
    }
)
"""Folders that never hold source, whatever the settings say."""

VENDORED = frozenset(
    (
        *("_vendor", "_vendored", "extern", "externs", "vendor", "vendored", "site-packages"),
        *("third_party", "third-party", "thirdparty", "3rdparty"),
    )
)
"""Folders of other people's code; `exclude = ["!vendor/"]` brings one back."""

BUILT = frozenset({"build", "dist"})
"""Folders of build results, unless they are packages (with an `__init__.py`)."""

ENVIRONMENT = frozenset({"conda-meta", "pyvenv.cfg"})
"""What a virtual environment's folder holds."""

INITIALISERS = frozenset({"__init__.py", "__init__.pyi"})
"""What makes a folder a package."""

PROJECT = frozenset({"pyproject.toml", "setup.cfg", "setup.py"})
"""What a Python project's folder holds."""

TEXTS = (
    *("*.yml", "*.yaml", "Procfile", "Procfile.*", "*.service", "*.sh", "*.bash", "*.conf", "*.ini"),
    *("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Makefile", "justfile", "celeryd", "celeryd-*"),
    *("start", "start-*", "start_*", "run", "run-*", "run_*", "worker", "worker-*", "*-worker", "*_worker"),
    *("entrypoint", "docker-entrypoint", "celery", "celery-*", "celery_*"),
)
"""Names of files that are no Python and say how a project is run: the usual ways to deploy, and scripts."""

MOST_TEXT = 262_144
"""Bytes of a file that is no Python. What people write by hand is smaller; locks and dumps are larger."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to index, as the disk describes it."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that would belong to the workspace and is not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a workspace's folder holds, sorted by path."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...] = ()
    projects: tuple[str, ...] = ()
    """Folders with a pyproject.toml, setup.cfg or setup.py."""
    texts: tuple[SourceFile, ...] = ()
    """Files of the names in TEXTS; those over MOST_TEXT are left out."""
    complete: bool = True
    """False where the search was cancelled."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is looked into: its path, its path in the workspace, and what excludes its contents."""

    path: str
    relative: str
    ignores: tuple[IgnoreFile, ...]


class Discovery:
    """The rules of one workspace, compiled.

    Holds what it has learned of folders, so a new one is made when a .gitignore, a virtual
    environment or the settings change. May be used by several threads.
    """

    def __init__(self, root: Path | str, settings: Settings) -> None:
        self.root = os.path.abspath(root)
        self._max_size = settings.max_file_size
        self._suffixes = (
            (".py", ".pyi") if any(glob.endswith(".pyi") for glob in settings.include) else (".py",)
        )
        every_file = {"*" + suffix for suffix in self._suffixes}
        plain = {glob.removeprefix("**/") for glob in settings.include} == every_file
        self._include = None if plain else Globs(settings.include)
        self._exclude = Globs(settings.exclude)
        self._gitignore = settings.respect_gitignore
        self._outer = outer_ignores(Path(self.root)) if self._gitignore else ()
        self._known: dict[str, _Folder | None] = {}

    def run(
        self, cancelled: Callable[[], bool] = lambda: False, found: Callable[[int], None] = lambda count: None
    ) -> Discovered:
        """Every file of the workspace. Never raises; what cannot be read is named in `skipped`.

        `found` is told how many there are so far, now and then.
        """
        files: list[SourceFile] = []
        skipped: list[Skipped] = []
        projects: list[str] = []
        links: list[str] = []
        texts: list[SourceFile] = []
        complete = True
        pending = [_Folder(self.root, "", self._outer)]
        while pending:
            if cancelled():
                complete = False
                break
            folder = pending.pop()
            found(len(files))
            try:
                with os.scandir(folder.path) as scan:
                    entries = list(scan)
            except OSError as error:
                skipped.append(Skipped(folder.path, f"cannot be read: {error.strerror}"))
                continue
            names = {entry.name for entry in entries}
            entered = self._entered(folder, names)
            if entered is None:
                continue
            if not PROJECT.isdisjoint(names) and INITIALISERS.isdisjoint(
                names
            ):  # a package may have a setup.py
                projects.append(folder.path)
            before = f"{folder.relative}/" if folder.relative else ""
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    if self._takes_folder(entered.ignores, name, before + name):
                        pending.append(_Folder(entry.path, before + name, entered.ignores))
                elif name.endswith(self._suffixes) and self._takes_file(entered.ignores, before + name):
                    if entry.is_symlink():
                        links.append(entry.path)
                    else:
                        _sort_in(self._described(entry.path, entry.stat), files, skipped)
                elif self._is_text(entered.ignores, before + name) and not entry.is_symlink():
                    _sort_in(self._described(entry.path, entry.stat, MOST_TEXT), texts, [])
        for target in self._targets(links):
            _sort_in(target, files, skipped)
        files.sort(key=lambda file: file.path)
        texts.sort(key=lambda file: file.path)
        skipped.sort(key=lambda skip: skip.path)
        return Discovered(tuple(files), tuple(skipped), tuple(sorted(projects)), tuple(texts), complete)

    def relevant(self, path: Path | str) -> bool:
        """Whether a file of this path belongs to the workspace, whether or not it exists (any more)."""
        relative = self._relative(path)
        if relative is None or not relative.endswith(self._suffixes):
            return False
        folder = self._folder(relative.rpartition("/")[0])
        return folder is not None and self._takes_file(folder.ignores, relative) and not _by_name(relative)

    def look(self, path: Path | str) -> SourceFile | Skipped | None:
        """The file as `run` would find it now; None where it does not exist or does not belong here."""
        text = os.path.abspath(path)
        if not self.relevant(text):
            return None
        if os.path.islink(text):
            return next(self._targets([text]), None)
        return self._described(text, lambda follow_symlinks: os.stat(text, follow_symlinks=follow_symlinks))

    def look_at_text(self, path: Path | str) -> SourceFile | None:
        """A file that is no Python as `run` would find it now; None where it is not read."""
        relative = self._relative(path)
        folder = self._folder(relative.rpartition("/")[0]) if relative is not None else None
        text = os.path.abspath(path)
        if folder is None or relative is None or not self._is_text(folder.ignores, relative):
            return None
        if os.path.islink(text):
            return None
        found = self._described(
            text, lambda follow_symlinks: os.stat(text, follow_symlinks=follow_symlinks), MOST_TEXT
        )
        return found if isinstance(found, SourceFile) else None

    def _is_text(self, ignores: tuple[IgnoreFile, ...], relative: str) -> bool:
        """Whether a file is one of those that are read beside Python's."""
        if not is_text(relative.rpartition("/")[2]):
            return False
        decision = self._exclude.decides(relative)
        return not decision if decision is not None else not (ignores and excludes(ignores, relative))

    def _relative(self, path: Path | str) -> str | None:
        """The path below the root with `/` between its parts; None where it is not below it."""
        text = os.path.abspath(path)
        before = self.root if self.root.endswith(os.sep) else self.root + os.sep
        return text[len(before) :].replace(os.sep, "/") if text.startswith(before) else None

    def _folder(self, relative: str) -> _Folder | None:
        """The folder of that path in the workspace; None where it is not looked into."""
        if relative not in self._known:
            self._known[relative] = self._asked(relative)
        return self._known[relative]

    def _asked(self, relative: str) -> _Folder | None:
        path = os.path.join(self.root, *relative.split("/")) if relative else self.root
        ignores = self._outer
        if relative:
            above, _, name = relative.rpartition("/")
            parent = self._folder(above)
            if (
                parent is None
                or not self._takes_folder(parent.ignores, name, relative)
                or os.path.islink(path)
            ):
                return None
            ignores = parent.ignores
        names = {name for name in _TELLING if os.path.lexists(os.path.join(path, name))}
        return self._entered(_Folder(path, relative, ignores), names)

    def _entered(self, folder: _Folder, names: set[str]) -> _Folder | None:
        """The folder with its own .gitignore, given the names in it; None where they say to stay out."""
        if folder.relative:
            if not ENVIRONMENT.isdisjoint(names):
                return None
            built = folder.relative.rpartition("/")[2] in BUILT and INITIALISERS.isdisjoint(names)
            if built and self._exclude.decides(folder.relative, folder=True) is not False:
                return None
        if not self._gitignore or ".gitignore" not in names:
            return folder
        text = read_ignores(Path(folder.path, ".gitignore"))
        own = IgnoreFile.of(text, folder=folder.relative)
        return _Folder(folder.path, folder.relative, (*folder.ignores, own))

    def _takes_folder(self, ignores: tuple[IgnoreFile, ...], name: str, relative: str) -> bool:
        if name in NEVER:
            return False
        decision = self._exclude.decides(relative, folder=True)
        if decision is not None:
            return not decision
        if name in VENDORED or name.endswith(".egg-info"):
            return False
        return not (ignores and excludes(ignores, relative, folder=True))

    def _takes_file(self, ignores: tuple[IgnoreFile, ...], relative: str) -> bool:
        if self._include is not None and not self._include.covers(relative):
            return False
        decision = self._exclude.decides(relative)
        if decision is not None:
            return not decision
        return not (ignores and excludes(ignores, relative))

    def _described(
        self, path: str, stat: Callable[..., os.stat_result], most: int | None = None
    ) -> SourceFile | Skipped | None:
        """The file with its size and time, or why it is not read; None where it is gone."""
        if _by_name(path):
            return Skipped(path, "generated, by its name")
        if not path.isascii() and not _encodes(path):
            return Skipped(path, "its name is not valid UTF-8")
        try:
            facts = stat(follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Skipped(path, f"cannot be read: {error.strerror}")
        if not S_ISREG(facts.st_mode):
            return Skipped(path, "is not a regular file")
        if facts.st_size > (self._max_size if most is None else most):
            return Skipped(path, f"has {facts.st_size:,} bytes, more than max-file-size ({self._max_size:,})")
        return SourceFile(path, facts.st_size, facts.st_mtime_ns)

    def _targets(self, links: list[str]) -> Iterator[SourceFile | Skipped | None]:
        """Links to files outside, under the links' names; what is inside is found under its own name."""
        seen: set[str] = set()
        for link in sorted(links):
            target = os.path.realpath(link)
            if target in seen or self.relevant(target):
                continue
            seen.add(target)
            yield self._described(link, lambda follow_symlinks, link=link: os.stat(link))


_TELLING = frozenset({".gitignore"}) | ENVIRONMENT | INITIALISERS
"""The names whose presence decides about a folder."""


_is_text = re.compile("|".join(map(translate, TEXTS))).match


def is_text(name: str) -> bool:
    """Whether a file of this name, without its folder, says how a project is run and is no Python."""
    return _is_text(name) is not None and not name.endswith((".py", ".pyi"))


def discover(root: Path, settings: Settings, cancelled: Callable[[], bool] = lambda: False) -> Discovered:
    """The Python files of the workspace at `root`: see `Discovery.run`."""
    return Discovery(root, settings).run(cancelled)


def _by_name(path: str) -> bool:
    """Whether the name is one that generators of code give."""
    return path.endswith(("_pb2.py", "_pb2_grpc.py", "_pb2.pyi", "_pb2_grpc.pyi"))


def _encodes(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sort_in(found: SourceFile | Skipped | None, files: list[SourceFile], skipped: list[Skipped]) -> None:
    if isinstance(found, SourceFile):
        files.append(found)
    elif found is not None:
        skipped.append(found)


def is_test_path(path: str, settings: Settings) -> bool:
    """Whether a file (relative, with `/`) is a test module, or a helper of tests."""
    *folders, name = path.split("/")
    if any(folder in ("tests", "test") for folder in folders) or name == "conftest.py":
        return True
    if folders[-1:] == ["features"] and name == "environment.py":
        return True  # behave's, as its steps are
    if folders[-2:] == ["features", "steps"]:
        return True
    return any(fnmatch(name, pattern) for pattern in settings.tests.files)
