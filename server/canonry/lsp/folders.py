"""The workspace's folders, and to which of them a document belongs."""

from __future__ import annotations

import contextlib
import itertools
import logging
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pygls.uris import to_fs_path

from canonry.lsp.notebooks import is_cell

if TYPE_CHECKING:
    from canonry.lsp.indexing import Indexer
    from canonry.workspace import Workspace

WorkspaceFactory = Callable[[Path], "Workspace"]

T = TypeVar("T")

logger = logging.getLogger(__name__)

_INSTALLED = frozenset({"site-packages", "dist-packages", "typeshed", "typeshed-fallback"})


def path_of(uri: str) -> Path | None:
    """The path of a `file:` URI; None for every other kind."""
    if not uri.startswith("file:"):
        return None
    text = to_fs_path(uri)
    return Path(text) if text else None


class Folder:
    """One folder of the client and the engine's workspace for it."""

    def __init__(self, path: Path, factory: WorkspaceFactory, *, given_by_client: bool = True) -> None:
        self.path = path
        """As the client spells it; `root` is the same folder with symbolic links followed."""
        self.root = path.resolve()
        self.given_by_client = given_by_client
        self.editor_settings: Mapping[str, object] = {}
        self.indexer: Indexer | None = None
        self.shown_settings: set[str] = set()
        """URIs of settings files whose problems the client shows; of the analysis thread alone."""
        self.left = threading.Event()
        """Set once the folder is closed."""
        self._factory = factory
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None
        self._failed = False

    @property
    def scanned(self) -> bool:
        """Whether its files are read: not where the folder is far more than a project."""
        wide = [Path(self.root.anchor), Path(tempfile.gettempdir()).resolve()]
        with contextlib.suppress(RuntimeError):  # a user without a home
            home = Path.home().resolve()
            wide += [home, *home.parents]
        return self.root not in wide

    def workspace(self) -> Workspace | None:
        """The engine's workspace, made at the first call; None where that failed or it was closed.

        It may take a second the first time, so the event loop must not call this.
        """
        with self._lock:
            if self._workspace is None and not self._failed and not self.left.is_set():
                try:
                    self._workspace = self._factory(self.root)
                    if self.editor_settings:
                        self._workspace.set_editor_settings(self.editor_settings)
                except Exception:
                    self._failed = True
                    logger.exception("%s cannot be analysed", self.root)
            return self._workspace

    def close(self) -> None:
        """End the workspace's processes. Blocks until they are gone."""
        self.left.set()
        if self.indexer is not None:
            self.indexer.stop()
            self.indexer.join()
        with self._lock:
            workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.shutdown()

    def inside(self, path: Path) -> Path | None:
        """The engine's path of a file of the client's; None where it is not in this folder."""
        if path.is_relative_to(self.path):
            return self.root / path.relative_to(self.path)
        return path if path.is_relative_to(self.root) else None

    def outside(self, path: Path) -> Path | None:
        """The client's path of a file of the engine's; None where it is not in this folder."""
        return self.path / path.relative_to(self.root) if path.is_relative_to(self.root) else None


@dataclass(frozen=True)
class Place:
    """Where a document stands: its folder, and the path under which the engine knows it.

    A document that is no file of the folder has a path in it that is never on disk.
    """

    uri: str
    folder: Folder
    path: Path


@dataclass
class Folders:
    """The folders in the client's order, and the place of each open document.

    The event loop alone changes it; any thread may read.
    """

    factory: WorkspaceFactory
    all: tuple[Folder, ...] = ()
    _places: dict[str, Place] = field(default_factory=dict)
    _uris: dict[Path, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def add(self, path: Path, *, given_by_client: bool = True) -> Folder | None:
        """Take on a folder; None where it is one already."""
        folder = Folder(path, self.factory, given_by_client=given_by_client)
        if any(other.root == folder.root for other in self.all):
            return None
        self.all = (*self.all, folder)
        return folder

    def remove(self, path: Path) -> Folder | None:
        """Give up a folder without closing it; None where it is none."""
        gone = next((folder for folder in self.all if path in (folder.path, folder.root)), None)
        self.all = tuple(folder for folder in self.all if folder is not gone)
        return gone

    def answers(self, ask: Callable[[Workspace], Sequence[T]]) -> Iterator[T]:
        """What each folder's workspace answers, best first, folder by folder in turn.

        As `Folder.workspace`, it may take a second, so the event loop must not call this.
        """
        workspaces = [folder.workspace() for folder in self.all]
        found = [ask(workspace) for workspace in workspaces if workspace is not None]
        for row in itertools.zip_longest(*found):
            yield from (one for one in row if one is not None)

    def place(self, uri: str) -> Place | None:
        """Where an open document stands; None while there is no folder for it."""
        return self._places.get(uri)

    def settle(self, uri: str) -> Place | None:
        """Decide anew where a document stands, as when it is opened or the folders change."""
        self.unsettle(uri)
        place = self._find(uri)
        if place is not None:
            self._places[uri] = place
            self._uris[place.path] = uri
        return place

    def unsettle(self, uri: str) -> None:
        """Forget a document that was closed."""
        place = self._places.pop(uri, None)
        if place is not None and self._uris.get(place.path) == uri:
            del self._uris[place.path]

    def open_uri(self, path: Path) -> str | None:
        """The URI of the open document that the engine knows by `path`."""
        return self._uris.get(path)

    def uri_of(self, path: Path) -> str:
        """The URI under which the client knows a file of the engine's."""
        open_uri = self._uris.get(path)
        if open_uri is not None:
            return open_uri
        for folder in self.all:
            outside = folder.outside(path)
            if outside is not None:
                return outside.as_uri()
        return path.as_uri()

    def shown(self, path: Path) -> str:
        """A path as a message names it: relative to its folder."""
        for folder in self.all:
            if path.is_relative_to(folder.root):
                return path.relative_to(folder.root).as_posix()
        return str(path)

    def containing(self, path: Path) -> list[tuple[Folder, Path]]:
        """The folders in which a client's file stands, each with the engine's path of it."""
        found = [(folder, folder.inside(path)) for folder in self.all]
        return [(folder, inside) for folder, inside in found if inside is not None]

    def _find(self, uri: str) -> Place | None:
        path = path_of(uri)
        if path is not None:
            # A link may lead into a folder from outside of it.
            holders = self.containing(path) or self.containing(path.resolve())
            if holders:
                folder, inside = max(holders, key=lambda held: len(held[0].root.parts))
                return Place(uri, folder, inside)
            if _INSTALLED.intersection(path.parts):
                return None
        if not self.all:
            return None
        near = path_of(f"file:{uri.partition(':')[2].partition('#')[0]}") if is_cell(uri) else None
        holders = self.containing(near) if near is not None else []
        folder = holders[0][0] if holders else self.all[0]
        return Place(uri, folder, self._made_up(folder.root))

    def _made_up(self, root: Path) -> Path:
        return next(path for number in self._numbers if not (path := root / f"untitled-{number}.py").exists())


def project_of(path: Path) -> Path:
    """The folder to take on for a lone document: the project that it stands in, else its own folder."""
    # At first use: the answer to `initialize` does not need the settings.
    from canonry.config import find_root

    return find_root(path.parent) or path.parent
