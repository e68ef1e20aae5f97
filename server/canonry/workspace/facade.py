"""One workspace: its index, its open documents, and what can be asked of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from canonry.config import LoadedSettings, Settings, load_settings
from canonry.index.live import LiveIndex
from canonry.match import Screen
from canonry.model import (
    Action,
    Completion,
    Finding,
    Fix,
    Hover,
    IndexStatus,
    Match,
    Position,
    Progress,
    Range,
    Refusal,
    Symbol,
    TextEdit,
)
from canonry.rules.base import all_extractors
from canonry.scopes.lessons import Lessons, LessonsOf, is_lesson_file
from canonry.scopes.services import Services, ServicesOf
from canonry.workspace import actions, completion, fixing, hover, searching, verdicts, weighing
from canonry.workspace import audit as auditing
from canonry.workspace.asked import Recorder
from canonry.workspace.audit import (
    Checked,
    Opening,
    Task,
    Used,
    batches,
    check_in_workers,
    check_indexed,
    screened,
    used_by,
)
from canonry.workspace.buffers import Document
from canonry.workspace.cache import default_cache, index_key
from canonry.workspace.check import CheckCancelled, Checker
from canonry.workspace.containment import kept_inside
from canonry.workspace.documents import Documents
from canonry.workspace.editing import Files, files_read, replace_uses
from canonry.workspace.judging import Profile, RulesOn
from canonry.workspace.kept import Surroundings
from canonry.workspace.settings_check import Known, settings_findings
from canonry.workspace.standing import Standing, outlines_of, standing, tables_of
from canonry.workspace.surveying import Memory, Survey
from canonry.workspace.symbols import make_symbol
from canonry.workspace.verdicts import Verdicts
from canonry.workspace.weighing import WeighedAction


class Workspace:
    """The facade. Every method may be called from any thread; those that read never wait for indexing.

    `settings` None reads `pyproject.toml` or `canonry.toml` of the root. `cache` is the folder
    of all workspaces' indexes (default: the user's cache folder). Opening scans nothing: what an
    earlier run has indexed is there at once, `refresh` brings it up to date.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings | None = None,
        *,
        cache: Path | None = None,
        workers: int | None = None,
    ) -> None:
        self.root = root.resolve()
        self._given = settings
        self._editor: Mapping[str, object] = {}
        self._loaded = self._load_settings()
        folder = (cache or default_cache()) / index_key(self.root)
        self._index = LiveIndex(self.root, folder, self._loaded.settings, workers, all_extractors())
        self._services = ServicesOf(self.root, lambda: frozenset(self._index.paths()))
        self._lessons = LessonsOf(self.root)
        self._memory = Memory()
        self._documents = Documents(self.root, self._index, lambda: self.settings)
        self._used: tuple[Settings, Used] | None = None
        """What of which settings was of use, if the last audit was one of the whole workspace."""
        self._screen: tuple[object, Screen] | None = None
        self._rules = RulesOn(self._loaded.settings)

    # Settings

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._loaded.settings

    def set_editor_settings(self, overrides: Mapping[str, object]) -> tuple[str, ...]:
        """The settings that the editor sends; they win over the files'. Returns what is wrong with them."""
        self._editor = overrides
        self.reload_settings()
        return tuple(one.message for one in self._loaded.editor_problems)

    def reload_settings(self) -> bool:
        """Reads the settings files again; True where anything is different."""
        before = self._loaded.settings
        self._loaded = self._load_settings()
        changed = self._loaded.settings != before
        if changed:
            self._index.apply_settings(self._loaded.settings)
            self._documents.read_again()
        return changed

    def settings_findings(self) -> Mapping[Path, tuple[Finding, ...]]:
        """What is wrong with the settings files, and with the files that they name, for each of them.

        Entries that take back nothing are among it after an audit of the whole workspace.
        """
        known = None
        if self._index.ready:
            survey = self._survey(self._documents.surroundings(None))
            known = Known(self._index.paths(), survey, lambda path: self.text_of(self.root / path))
        used = self._used[1] if self._used is not None and self._used[0] == self.settings else None
        return settings_findings(self.root, self._loaded, self.lessons(), known, used)

    def _load_settings(self) -> LoadedSettings:
        if self._given is not None:
            return LoadedSettings.of(self._given)
        return load_settings(self.root, self._editor)

    # The index

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> IndexStatus:
        """Brings the index up to date with the disk. Takes seconds where there is none yet."""
        self._index.refresh(progress, cancelled)
        return self._index.status()

    def files_changed(self, paths: Iterable[Path]) -> bool:
        """Takes in files that were created, changed or deleted on disk; True where the index has changed."""
        return self._index.update(path if path.is_absolute() else self.root / path for path in paths)

    def settle(self) -> bool:
        """Weighs what has changed on disk as a newly built index would; True where anything had changed.

        For moments of rest: in a workspace of a million lines it takes seconds of a processor.
        """
        return self._index.settle()

    def status(self) -> IndexStatus:
        """Counts, sizes and skipped files of the index."""
        return self._index.status()

    def clear_index(self) -> None:
        """Drops the index, on disk too."""
        self._index.clear()

    def shutdown(self) -> None:
        """Ends the use of the index files."""
        self._index.close()

    # Documents

    def open(self, path: Path, text: str, version: int | None = None) -> None:
        """From now on the text of a file is this, whatever is on disk."""
        self._documents.open(path, text, version)

    def update(self, path: Path, text: str, version: int | None = None) -> None:
        """A newer text of an open document; one that is not open is opened."""
        self._documents.update(path, text, version)

    def close_buffer(self, path: Path) -> None:
        """The file is what is on disk again."""
        self._documents.close(path)

    def open_settings(self, path: Path, text: str, version: int | None = None) -> None:
        """A settings file is open with this text, which changes are computed for.

        The settings in force stay those of the disk until it is saved.
        """
        self._documents.open_settings(path, text, version)

    def close_settings(self, path: Path) -> None:
        """A settings file is what is on disk again."""
        self._documents.close_settings(path)

    def forget(self, path: Path) -> None:
        """The next check of an open document is one from nothing: nothing is kept of those before."""
        self._documents.forget(path)

    def text_of(self, path: Path) -> str:
        """The text of a file: the open document's, else the disk's. Raises OSError or UnreadableSource."""
        return self._documents.text_of(path)

    # Questions

    def check(
        self,
        path: Path,
        cancelled: Callable[[], bool] = lambda: False,
        profile: Profile | None = None,
    ) -> tuple[Finding, ...]:
        """The findings of a file. Raises CheckCancelled where `cancelled` turns true, OSError and
        UnreadableSource where the file is not open and cannot be read. `profile` gets seconds by code.
        """
        document = self._documents.document(path)
        if cancelled():
            raise CheckCancelled
        return self._checker(document).findings(cancelled, profile)

    def audit(
        self,
        paths: Sequence[Path] | None = None,
        progress: Callable[[Progress], None] | None = None,
        profile: Profile | None = None,
    ) -> tuple[Finding, ...]:
        """The findings of all indexed files, or of those that are or lie below `paths`.

        `profile` gets the seconds that each rule took, by code.
        """
        wanted = self.files(paths)
        if len(self._documents) or profile is not None:
            # What is open is judged by its text, and so is everything beside it.
            return tuple(finding for path in wanted for finding in self._profiled(path, profile))
        relative = [self._index.relative(path) for path in wanted]
        store, snapshot, fingerprint = self._index.store, self._index.snapshot, self.fingerprint()
        known = verdicts.read(store.folder, self._verdicts_key()) if store.persistent else None
        stands = self._standing(known, fingerprint) if known is not None else Standing()
        found = {path: stands.whole[path] for path in relative if path in stands.whole}
        tasks = [Task(path, stands.but_matches.get(path)) for path in relative if path not in found]
        todo = batches(snapshot, tasks)
        if self._index.workers > 1 and store.persistent and len(todo) > auditing.INLINE_BATCHES:
            opening = Opening(self.root, store.folder, self.settings, fingerprint)
            found |= check_in_workers(opening, todo, self._index.workers, self.check_indexed, progress)
        else:
            done = 0
            for batch in todo:
                found.update((one.path, one) for one in self.check_indexed(batch))
                done += len(batch)
                if progress is not None:
                    progress(Progress(done, len(tasks), "checking"))
        whole = len(relative) == len(self._index.paths()) and all(one.as_indexed for one in found.values())
        self._used = (self.settings, used_by(found.values())) if whole else None
        if whole and tasks and store.persistent and self._index.snapshot is snapshot:
            self._keep_verdicts(found, fingerprint)
        return tuple(finding for path in relative for finding in found[path].findings)

    def _standing(self, known: Verdicts, fingerprint: str) -> Standing:
        """What of the last audit still is true."""
        if known.fingerprint == fingerprint:
            return Standing(dict(known.checked))
        survey = self._survey(self._documents.surroundings(None))
        return standing(known, outlines_of(self._index), self._index, survey)

    def _keep_verdicts(self, checked: Mapping[str, Checked], fingerprint: str) -> None:
        made = Verdicts(
            fingerprint,
            tables_of(self._index, checked.values()),
            outlines_of(self._index),
            checked,
        )
        verdicts.write(self._index.store.folder, self._verdicts_key(), made)

    def _profiled(self, path: Path, profile: Profile | None) -> tuple[Finding, ...]:
        try:
            return self.check(path, profile=profile)
        except FileNotFoundError:
            return ()  # deleted since it was indexed: it has no findings

    def fingerprint(self) -> str:
        """Equal for workspaces whose indexes have the same files with the same contents."""
        return self._index.fingerprint()

    def _verdicts_key(self) -> str:
        return verdicts.key_of(self.root, self.settings, self.services(), self.lessons(), self._index.paths())

    def check_indexed(self, tasks: Sequence[Task]) -> list[Checked]:
        """The findings of indexed files as the index has them; for audits."""
        snapshot = self._index.snapshot
        reuse = self.settings.reuse
        key = (snapshot, reuse.minimum_probability, reuse.minimum_lines)
        if self._screen is None or self._screen[0] != key:
            self._screen = (key, Screen(snapshot, reuse.minimum_probability, reuse.minimum_lines))
        passing = screened(snapshot, [task.path for task in tasks], self._screen[1])
        # Nothing is open: all that is asked of other files is what the index has, for every file the same.
        recorder = Recorder()
        survey = self._survey(self._documents.surroundings(None), recorder)

        def checker(
            document: Document, mine: frozenset[int], known: Mapping[str, Sequence[Finding]] | None
        ) -> Checker:
            around = partial(self._documents.surroundings, document)
            return Checker(document, self._rules_on(self.settings), around, survey, passing=mine, known=known)

        facts_of = survey.facts
        return list(check_indexed(self._index, tasks, passing, recorder, facts_of, checker, self.check))

    def services(self) -> Services:
        """The services of the workspace, declared or detected."""
        return self._services.get(self.settings, self._index.snapshot.generation)

    def lessons(self) -> Lessons:
        """What the team has learned: the files that the setting `lessons` names, as they were last read."""
        return self._lessons.get(self.settings)

    def reload_lessons(self) -> bool:
        """Reads the files of the lessons again; True where anything in them is different."""
        return self._lessons.reload(self.settings)

    def touches_lessons(self, path: Path) -> bool:
        """Whether a change at a path, which may be gone, may change the lessons: a file of them, a folder."""
        path = self._documents.absolute(path)
        globs = self.settings.lessons
        if not globs or not path.is_relative_to(self.root):
            return False
        relative = self._index.relative(path)
        known = any(one.startswith(f"{relative}/") for one in self.lessons().files)
        return known or is_lesson_file(relative, globs) or path.is_dir()

    def files(self, paths: Sequence[Path] | None = None) -> list[Path]:
        """Indexed files that are, or lie below, one of `paths`; all where there are none given."""
        known = [self.root / path for path in self._index.paths()]
        if paths is None:
            return known
        roots = {str(self._documents.absolute(path)) for path in paths}
        wanted = {folder: folder in roots for folder in (str(self.root), *map(str, self.root.parents))}
        if any(wanted.values()):
            return known

        def below(path: str) -> bool:
            answer = wanted.get(path)
            if answer is None:
                answer = wanted[path] = path in roots or below(path.rpartition(os.sep)[0])
            return answer

        return [path for path in known if below(str(path))]

    def similar_at(self, path: Path, line: int, limit: int = 10) -> tuple[Symbol, tuple[Match, ...]]:
        """The innermost definition at a zero-based line, and the existing ones nearest to it.

        Raises LookupError where there is none, OSError and UnreadableSource.
        """
        document = self._documents.document(path)
        found = None
        for one in document.facts.definitions:
            if one.start_line <= line <= one.end_line and (
                found is None or one.start_line >= found.start_line
            ):
                found = one
        if found is None:
            raise LookupError(f"{document.relative}:{line + 1}: no function or class there")
        matches = self._checker(document).similar(found)[:limit]
        return make_symbol(document.facts, found, document.path), matches

    def similar_name(self, name: str, limit: int = 10) -> tuple[Match, ...]:
        """Existing definitions whose name means what `name` means."""
        return searching.by_name(self._documents.whole(), self.root, name, limit)

    def similar_text(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Existing definitions that a description in prose fits."""
        return searching.by_text(self._documents.whole(), self.root, text, limit)

    def search(self, query: str, limit: int = 100) -> tuple[Symbol, ...]:
        """Definitions whose name a few typed letters fit, best first."""
        return searching.by_letters(self._documents.whole(), self.root, query, limit)

    def definitions(self, path: Path) -> tuple[Symbol, ...]:
        """The definitions of a file, in order."""
        document = self._documents.document(path)
        return tuple(
            make_symbol(document.facts, one, document.path, document.uses(one.local_name))
            for one in document.facts.definitions
        )

    def hover(self, path: Path, position: Position) -> Hover | None:
        """What is known of the definition whose name stands at a position."""
        document = self._documents.document(path)
        return hover.hover(document, self._checker(document), position)

    def complete(self, path: Path, position: Position) -> tuple[Completion, ...]:
        """Existing definitions, while a name after `def` or `class` is being typed."""
        document = self._documents.document(path)
        return completion.complete(document, self._documents.whole(), self.root, position)

    def import_edit(self, path: Path, module: str, name: str) -> TextEdit | None:
        """The line that imports a name into a file; None where it has it already. Raises as `check`."""
        document = self._documents.document(path)
        known = (one.target for one in document.facts.imports if not one.local and not one.type_checking)
        if document.facts.module == module or f"{module}.{name}" in known:
            return None
        return completion.import_edit(document, module, name)

    def is_canonical(self, qualified_name: str) -> bool:
        """Whether the settings declare a definition to be the one that owns its concept."""
        return any(one.symbol == qualified_name for one in self.settings.canonical.values())

    def actions(self, path: Path, range: Range) -> tuple[Action, ...]:
        """What can be done about the findings in a range: titles, nothing is computed yet."""
        document = self._documents.document(path)
        return actions.actions(self._checker(document), document, range)

    def weigh(self, actions: Sequence[Action], every: bool = False) -> list[WeighedAction]:
        """The actions of an opened menu with what their changes would be, as far as that is quickly told.

        Safe ones come first, refused ones are disabled. `every`: all changes, however long that takes.
        """
        from canonry.edits.tree import each_text_once

        reads = partial(files_read, self._files())
        if every:
            return weighing.weigh(actions, self.resolve, reads, every)
        with each_text_once():  # what a menu reads is little enough to be kept until the end
            return weighing.weigh(actions, self.resolve, reads, every)

    def fix_file(self, path: Path) -> Fix | None:
        """All safe fixes of a file that go together, as one change of it; None where there are none."""
        path = self._documents.absolute(path)
        document = self._documents.document(path)
        findings = self._checker(document).findings()
        return fixing.fix_file(path, document.text, document.version, findings, self.root)

    def resolve(self, action: Action, reason: str = "") -> Fix | Refusal:
        """The change that an action makes, computed for the newest text."""
        document = self._documents.document(action.path)
        made = actions.resolve(action, document, self._checker(document), self._files(), reason)
        return kept_inside(made, self.root)

    def replace_uses(self, old: str, new: str, only: tuple[Path, Position] | None = None) -> Fix | Refusal:
        """The change that uses `new` where the workspace uses `old`, both qualified names of definitions.

        `only` is the one use that is meant, by its file and a position in its name; None: all of them.
        """
        return kept_inside(replace_uses(self._files(), old, new, only), self.root)

    # Parts

    def _files(self) -> Files:
        return Files(self._index, self._documents.whole(), self._documents.text_and_version, self.settings)

    def _checker(self, document: Document) -> Checker:
        around = self._documents.surroundings(document)
        kept = self._documents.kept(document.path)
        rules = self._rules_on(around.settings)
        return Checker(document, rules, lambda: around, self._survey(around), kept)

    def _rules_on(self, settings: Settings) -> RulesOn:
        made = self._rules
        if made.settings is not settings:
            made = self._rules = RulesOn(settings)
        return made

    def _survey(self, around: Surroundings, recorder: Recorder | None = None) -> Survey:
        def services() -> Services:
            return self._services.get(around.settings, self._index.snapshot.generation)

        def lessons() -> Lessons:
            return self._lessons.get(around.settings)

        return Survey(around, self._index.rows, services, lessons, self._memory, recorder)
