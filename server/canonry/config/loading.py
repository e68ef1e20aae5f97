"""Settings of a workspace from its files: the one part of `config` that reads the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from canonry.config.positions import KeyPath, Span, key_positions, nearest_place
from canonry.config.reading import (
    ReadSettings,
    SettingsFile,
    SettingsProblem,
    decode_settings,
    merge_editor_settings,
    places_of,
    read_settings,
    unreadable,
)
from canonry.config.tree import Settings

SETTINGS_FILES = tuple(file.file_name for file in SettingsFile)
"""The names of files whose change may change the settings."""

ROOT_FILES = (*SETTINGS_FILES, "setup.py", "setup.cfg", ".git")
"""A folder with one of these is a project of its own."""

MAX_SIZE = 5_000_000
"""A settings file of more bytes is not one: reading it would only stop the server."""


@dataclass(frozen=True, slots=True)
class Written:
    """A settings file: what it says, and where each key of it stands."""

    path: Path
    settings: Settings
    """Without the editor's."""
    table: Mapping[str, object]
    places: Mapping[KeyPath, Span]
    """By the way from the table of Canonry's settings down."""

    def place(self, path: KeyPath) -> Span:
        """Where a key or element stands, else the nearest thing around it that is written."""
        return nearest_place(self.places, path)

    def element(self, path: KeyPath, value: object) -> KeyPath:
        """The way to the first element of a list that is, or has among its values, `value`."""
        held: object = self.table
        for part in path:
            held = (
                held.get(part)
                if isinstance(held, Mapping) and isinstance(part, str)
                else (held[part] if isinstance(held, list) and isinstance(part, int) else None)
            )
        if isinstance(held, list):
            for at, one in enumerate(held):
                if one == value or (isinstance(one, Mapping) and value in one.values()):
                    return (*path, at)
        return path


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings of a workspace, what is wrong with them, and where they come from."""

    settings: Settings
    problems: Mapping[Path, tuple[SettingsProblem, ...]] = field(default_factory=dict)
    """For each settings file that has any; a file without is not in it."""
    editor_problems: tuple[SettingsProblem, ...] = ()
    sources: tuple[Path, ...] = ()
    """The files whose settings apply, whether or not each of them could be used."""
    written: Written | None = None
    """The file whose settings apply, as it is written; None where there is none, or it cannot be used."""

    @classmethod
    def of(cls, settings: Settings) -> LoadedSettings:
        """Settings that come from no file."""
        return cls(settings)

    @property
    def source(self) -> tuple[Path, str, SettingsFile] | None:
        """The file whose settings apply, its text as it is now, and its kind; None where none is usable.

        Raises OSError where it is gone meanwhile.
        """
        if not self.sources or not self.usable:
            return None
        path = self.sources[0]
        kind = next(kind for kind in SettingsFile if kind.file_name == path.name)
        return path, path.read_text("utf-8-sig"), kind

    @property
    def usable(self) -> bool:
        """Whether every settings file could be read as a whole."""
        return not any(problem.fatal for problems in self.problems.values() for problem in problems)


def load_settings(root: Path, overrides: Mapping[str, object] | None = None) -> LoadedSettings:
    """The settings of the workspace at `root`, with an editor's laid over them.

    `canonry.toml` is read instead of `pyproject.toml` where both have settings. Never raises: a file
    that cannot be read is a problem, one that is not there is none.
    """
    own, shared = (_Source.of(root, file) for file in (SettingsFile.CANONRY, SettingsFile.PYPROJECT))
    problems: dict[Path, tuple[SettingsProblem, ...]] = {}
    chosen = shared
    if own is not None and own.speaks:
        chosen = own
        if shared is not None and shared.result.present:
            message = (
                "`[tool.canonry]` is not read, because `canonry.toml` beside it has settings too. "
                "Keep them in one of the two files."
            )
            problems[shared.path] = (SettingsProblem(message, shared.place, "tool.canonry"),)
    settings = Settings()
    if chosen is not None:
        settings = chosen.result.settings
        if chosen.result.problems:
            problems[chosen.path] = chosen.result.problems
    editor_problems: tuple[SettingsProblem, ...] = ()
    if overrides:
        settings, editor_problems = merge_editor_settings(settings, overrides)
    sources = (chosen.path,) if chosen is not None and chosen.speaks else ()
    written = chosen.written() if chosen is not None and chosen.result.present else None
    return LoadedSettings(settings, problems, editor_problems, sources, written)


@dataclass(frozen=True, slots=True)
class _Source:
    """A settings file that exists."""

    path: Path
    file: SettingsFile
    text: str
    result: ReadSettings

    @property
    def speaks(self) -> bool:
        """Whether it has settings, or is broken so that nobody knows."""
        return self.result.present or bool(self.result.problems)

    @property
    def place(self) -> Span:
        """Where its settings begin."""
        return nearest_place(key_positions(self.text), self.file.value)

    def written(self) -> Written:
        """The file as it is written."""
        prefix = self.file.value
        places = {
            path[len(prefix) :]: span
            for path, span in places_of(self.text).items()
            if path[: len(prefix)] == prefix
        }
        return Written(self.path, self.result.settings, self.result.table, places)

    @classmethod
    def of(cls, root: Path, file: SettingsFile) -> _Source | None:
        path = root / file.file_name
        try:
            facts = path.stat()
            if not S_ISREG(facts.st_mode) or facts.st_size > MAX_SIZE:
                reason = f"it is not a file of at most {MAX_SIZE:,} bytes"
                return cls(path, file, "", ReadSettings(Settings(), (unreadable(reason, file),)))
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return cls(path, file, "", ReadSettings(Settings(), (unreadable(reason, file),)))
        text = decode_settings(data, file)
        if isinstance(text, SettingsProblem):
            return cls(path, file, "", ReadSettings(Settings(), (text,)))
        return cls(path, file, text, read_settings(text, file))


def find_root(start: Path) -> Path | None:
    """The nearest folder, `start` itself or one above it, that is a project; None where there is none."""
    for folder in (start, *start.parents):
        if any((folder / name).exists() for name in ROOT_FILES):
            return folder
    return None
