"""`canonry check`: which findings are reported, and what becomes of their fixes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import TYPE_CHECKING

import click

from canonry.cli.git import Lines, changed_lines, tree_of
from canonry.cli.opening import Failure, refresh
from canonry.cli.output import progress_bar

if TYPE_CHECKING:
    from canonry.model import Finding
    from canonry.workspace import Workspace


@dataclass(frozen=True)
class Narrowing:
    """What of the findings is reported."""

    paths: tuple[Path, ...] = ()
    """Files and folders; none: everything."""
    changed: str | None = None
    """Only what is new since this revision."""
    baseline: Path | None = None
    since: str | None = None
    """Not what this revision has already."""


def find(
    workspace: Workspace, narrowing: Narrowing, profile: dict[str, float] | None = None
) -> list[Finding]:
    """The findings that are to be reported. Raises Failure. `profile` gets seconds by code."""
    lines = changed_lines(workspace.root, narrowing.changed) if narrowing.changed is not None else None
    paths: Sequence[Path] | None = narrowing.paths or None
    if lines is not None:
        paths = [path for path in workspace.files(paths) if path in lines]
    with progress_bar("Checking") as progress:
        findings = [*workspace.audit(paths, progress=progress, profile=profile)]
    for wrong in workspace.settings_findings().values():
        findings.extend(wrong)
    # First what is known: findings that are alike are told apart by their number in the whole file.
    if narrowing.baseline is not None:
        findings = _without(workspace, findings, _read_baseline(narrowing.baseline))
    if narrowing.since is not None:
        findings = _without(workspace, findings, _at_revision(workspace, narrowing.since))
    if lines is not None:
        findings = _on_lines(workspace, findings, lines)
    return findings


def declared_baseline(workspace: Workspace) -> Path | None:
    """The baseline that the settings name. Raises Failure where a link leads it out of the workspace."""
    if not workspace.settings.baseline:
        return None
    path = workspace.root / workspace.settings.baseline
    if not path.resolve().is_relative_to(workspace.root):
        raise Failure(f"The setting `baseline` is a link out of the workspace: {path}. Use --baseline FILE.")
    return path


def write_baseline(workspace: Workspace, findings: Sequence[Finding], path: Path) -> None:
    """Writes the findings as a baseline. Raises Failure."""
    from canonry.reports.baseline import baseline_json

    text = baseline_json(findings, workspace.root, workspace.text_of)
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror or error}") from error


def fix(workspace: Workspace, findings: Sequence[Finding], *, unsafe: bool, write: bool) -> tuple[str, int]:
    """Applies the fixes of the findings' files; without `write` nothing but the difference is made.

    Returns the difference as a patch, and how many fixes are in it.
    """
    from canonry.reports.paths import shown_path
    from canonry.workspace.fixing import fix_all

    wanted = _wanted(findings)
    paths = dict.fromkeys(one.path for one in findings if one.path.suffix in (".py", ".pyi"))
    fixed = fix_all(workspace, paths, wanted, unsafe)
    patch: list[str] = []
    for path in sorted(fixed.after):
        before, after = fixed.before[path], fixed.after[path]
        shown = shown_path(path, workspace.root)
        patch += difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{shown}", f"b/{shown}"
        )
        if write:
            _write(path, after)
        workspace.close_buffer(path)
    if write and fixed.after:
        workspace.files_changed(fixed.after)
    lines = [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in patch]
    return "".join(lines), fixed.count


def _write(path: Path, text: str) -> None:
    """Replaces a file's text; its encoding's mark stays, and it is never half written."""
    path = path.resolve()
    partial: Path | None = None
    try:
        data = path.read_bytes() if path.exists() else b""
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        # A name that nobody can know before, and never an existing file or link.
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            partial = Path(file.name)
            file.write(mark + text.removeprefix("\ufeff").encode("utf-8"))
        partial.chmod(path.stat().st_mode & 0o7777 if data else 0o644)
        partial.replace(path)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise Failure(f"{path} cannot be written: {error.strerror or error}") from error


def _wanted(findings: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Whether a finding is one of those, wherever it has moved to by earlier fixes."""
    keys = {(one.path, one.code, one.symbol) for one in findings}
    return lambda one: (one.path, one.code, one.symbol) in keys


def _on_lines(
    workspace: Workspace, findings: Sequence[Finding], lines: Mapping[Path, Lines]
) -> list[Finding]:
    """The findings about code that has changed: their line, or any of the definition that they are about."""
    kept: list[Finding] = []
    for one in findings:
        places = [one.covers or one.range]
        if one.symbol:
            places += [
                each.range
                for each in workspace.definitions(one.path)
                if each.qualified_name == one.symbol and each.name_range == one.range
            ]
        new = lines.get(one.path, ())
        if any(
            place.start.line < stretch.stop and stretch.start <= place.end.line
            for place in places
            for stretch in new
        ):
            kept.append(one)
    return kept


def _without(workspace: Workspace, findings: Sequence[Finding], known: frozenset[str]) -> list[Finding]:
    from canonry.reports.baseline import new_findings

    return new_findings(findings, known, workspace.root, workspace.text_of)


def _read_baseline(path: Path) -> frozenset[str]:
    from canonry.reports.baseline import DamagedBaseline, read_baseline

    try:
        return read_baseline(path.read_text("utf-8"))
    except FileNotFoundError:
        raise Failure(f"There is no baseline {path}. Make one by --update-baseline.") from None
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from error
    except (DamagedBaseline, UnicodeDecodeError) as error:
        raise Failure(f"{path} is no baseline: {error}. Make it again by --update-baseline.") from error


def _at_revision(workspace: Workspace, revision: str) -> frozenset[str]:
    """The fingerprints of the findings of a revision, under the settings of today."""
    from canonry.reports.fingerprint import fingerprints
    from canonry.reports.ordering import in_order
    from canonry.workspace import Workspace as Opened

    with tree_of(workspace.root, revision) as tree, TemporaryDirectory(prefix="canonry-") as cache:
        # The settings are today's, and what git ignores is not in a revision.
        settings = replace(workspace.settings, respect_gitignore=False)
        then = Opened(tree, settings, cache=Path(cache))
        try:
            refresh(then)
            findings = in_order(then.audit(), then.root)
            return frozenset(fingerprints(findings, then.root, then.text_of))
        finally:
            then.shutdown()


def tell(message: str) -> None:
    """A note beside the report."""
    click.echo(message, err=True)
