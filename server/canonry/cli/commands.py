"""The commands. What is slow to import (the server, the index, rich) is imported by the one that needs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry import __version__
from canonry.cli.describing import explain, lessons, rules, scopes, tell_profile
from canonry.cli.doctor import doctor
from canonry.cli.indexing import index
from canonry.cli.opening import chosen_root, open_workspace, refresh
from canonry.cli.options import cache_option, examples, root_option
from canonry.cli.output import print_bytes, print_text
from canonry.cli.searching import similar
from canonry.cli.serving import lsp
from canonry.model import Severity

if TYPE_CHECKING:
    from canonry.model import Finding
    from canonry.workspace import Workspace

CLEAN, FINDINGS, FAILED = 0, 1, 2


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("""
        canonry demo                    see it work in a bundled project
        canonry check                   what this project has twice
        canonry similar src/app.py:42   what is like the definition at that line
    """),
)
@click.version_option(__version__, message="canonry %(version)s")
def cli() -> None:
    """Canonry says, while you type, that what you are writing already exists in the project.

    Exit codes: 0 clean, 1 findings, 2 could not run.
    """


for _command in (lsp, similar, index, rules, explain, scopes, lessons, doctor):
    cli.add_command(_command)


@cli.command(
    short_help="Report what the rules find.",
    epilog=examples("""
        canonry check
        canonry check src/app tests/test_app.py
        canonry check --changed main --format github
        canonry check --fix --select CN9
        canonry check --baseline canonry-baseline.json --update-baseline
        canonry check --format sarif > canonry.sarif
    """),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@root_option
@cache_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to report. Default: text.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules: codes, groups or names.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these rules, beside the settings'.")
@click.option(
    "--minimum-probability",
    type=click.FloatRange(0, 1),
    help="Report reimplementations from this probability on, in place of the settings' threshold.",
)
@click.option(
    "--fail-on",
    type=click.Choice([one.name.lower() for one in Severity]),
    default=Severity.HINT.name.lower(),
    help="The least severity that exits with 1; what is below is reported too. Default: hint, anything.",
)
@click.option("--profile", is_flag=True, help="Say on standard error how long each rule took.")
@click.option(
    "--changed",
    metavar="[REVISION]",
    is_flag=False,
    flag_value="HEAD",
    help="Only what is new since a revision of git (default: HEAD), judged against the whole project.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Not what this file has. Default: the setting `baseline`.",
)
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline; none is new.")
@click.option("--baseline-from-ref", "since", metavar="REVISION", help="Not what this revision of git has.")
@click.option("--fix", "fixing", is_flag=True, help="Apply the safe fixes, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also fixes that may change more.")
@click.option("--diff", is_flag=True, help="Print the fixes as a patch, and change nothing.")
def check(
    paths: tuple[Path, ...],
    root: Path | None,
    cache: Path | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    minimum_probability: float | None,
    fail_on: str,
    profile: bool,
    changed: str | None,
    baseline: Path | None,
    update_baseline: bool,
    since: str | None,
    fixing: bool,
    unsafe_fixes: bool,
    diff: bool,
) -> None:
    """Report what the rules find in PATHS (default: the whole workspace).

    Exits with 0 if there is nothing to report, 1 if there is, 2 if the check could not run; --fail-on says
    from which severity on. With --diff 1 means that there are fixes.
    """
    from canonry.cli import checking

    if unsafe_fixes and not (fixing or diff):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff.")
    if update_baseline and (changed is not None or since is not None or paths):
        raise click.UsageError("--update-baseline takes the whole workspace; leave PATHS and --changed out.")
    absolute = [path.resolve() for path in paths]
    with open_workspace(root, cache, absolute) as workspace:
        _override(workspace, select, ignore, minimum_probability)
        known = baseline.resolve() if baseline is not None else checking.declared_baseline(workspace)
        refresh(workspace)
        _tell_unchecked(workspace, absolute)
        if update_baseline:
            if known is None:
                raise click.UsageError("--update-baseline needs --baseline FILE, or the setting `baseline`.")
            findings = checking.find(workspace, checking.Narrowing())
            checking.write_baseline(workspace, findings, known)
            checking.tell(f"{len(findings):,} findings written to {known}")
            return
        narrowing = checking.Narrowing(tuple(absolute), changed, known, since)
        seconds: dict[str, float] | None = {} if profile else None
        findings = checking.find(workspace, narrowing, seconds)
        if seconds is not None:
            tell_profile(seconds, len(workspace.files(absolute or None)))
        if diff:
            patch, count = checking.fix(workspace, findings, unsafe=unsafe_fixes, write=False)
            print_bytes(patch.encode("utf-8", "surrogateescape"))
            sys.exit(FINDINGS if count else CLEAN)
        if fixing:
            _, count = checking.fix(workspace, findings, unsafe=unsafe_fixes, write=True)
            checking.tell(f"{count:,} fixed")
            findings = checking.find(workspace, narrowing) if count else findings
        _report_findings(findings, workspace, form)
    failing = [one for one in findings if one.severity <= Severity[fail_on.upper()]]
    sys.exit(FINDINGS if failing else CLEAN)


@cli.command(
    short_help="Print the settings in force.",
    epilog=examples("""
        canonry config
        canonry config --schema > canonry.schema.json
    """),
)
@root_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the settings.")
def config(root: Path | None, schema: bool) -> None:
    """Print every setting as TOML, and where it comes from.

    Exits with 0, with 1 where something in a settings file is wrong, 2 if there is no reading them.
    """
    from canonry.config import SettingsFile, load_settings
    from canonry.config.described import described
    from canonry.config.schema import schema_text
    from canonry.reports.paths import shown_path

    if schema:
        print_bytes(schema_text().encode())
        return
    chosen = chosen_root(root)
    loaded = load_settings(chosen)
    source, text, file = loaded.source or (None, "", SettingsFile.PYPROJECT)
    for one in described(loaded.settings, text, file, loaded.problems.get(source or chosen, ())):
        place = "default"
        if one.place is not None and source is not None:
            place = f"{shown_path(source, chosen)}:{one.place.start.line + 1}"
        click.echo(f"{one.key} = {one.value}  # {place}")
    problems = [(path, each) for path, some in sorted(loaded.problems.items()) for each in some]
    for path, each in problems:
        click.echo(f"{shown_path(path, chosen)}:{each.range.start.line + 1}: {each.message}", err=True)
    sys.exit((FINDINGS if loaded.usable else FAILED) if problems else CLEAN)


@cli.command(
    short_help="See it work.",
    epilog=examples("""
        canonry demo                    in a small bundled project
        canonry demo ~/work/service     in a project of yours; no file is touched
    """),
)
@click.argument(
    "path", required=False, type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path)
)
def demo(path: Path | None) -> None:
    """Type a function that already exists, and show what the server says and offers.

    Drives the real server. Without PATH in a bundled project; with it in yours: a definition of it is
    typed anew under another name, in an open document only.
    """
    from canonry.demo import run_demo

    sys.exit(run_demo(path))


@cli.command(short_help="Print the versions.", epilog=examples("canonry version"))
def version() -> None:
    """Print the versions of Canonry and of the Python that runs it."""
    click.echo(f"canonry {__version__} (Python {sys.version.partition(' ')[0]}, {sys.executable})")


def _override(
    workspace: Workspace, select: Sequence[str], ignore: Sequence[str], minimum_probability: float | None
) -> None:
    """Lays what the arguments say over the settings."""
    settings: dict[str, object] = {}
    if select:
        settings["select"] = [code.strip() for one in select for code in one.split(",") if code.strip()]
    if ignore:
        added = [code.strip() for one in ignore for code in one.split(",") if code.strip()]
        settings["ignore"] = [*workspace.settings.ignore, *added]
    if minimum_probability is not None:
        settings["reuse"] = {"minimumProbability": minimum_probability}
    if settings:
        problems = workspace.set_editor_settings(settings)
        if problems:
            raise click.UsageError(problems[0].removeprefix("Editor settings: "))


def _tell_unchecked(workspace: Workspace, paths: Sequence[Path]) -> None:
    for path in paths or [workspace.root]:
        if not workspace.files([path]):
            reason = (
                "no Python file of the workspace"
                if path.is_file()
                else "has no Python files of the workspace"
            )
            click.echo(f"{path}: {reason} (see .gitignore, include and exclude); not checked", err=True)


def _report_findings(findings: Sequence[Finding], workspace: Workspace, form: str) -> None:
    if form == "json":
        from canonry.reports.json import findings_json

        print_bytes(findings_json(findings, workspace.root).encode())
    elif form == "sarif":
        from canonry.reports.sarif import findings_sarif

        print_bytes(findings_sarif(findings, workspace.root, workspace.text_of).encode())
    elif form == "github":
        from canonry.reports.github import findings_github

        print_bytes(findings_github(findings, workspace.root).encode("utf-8", "replace"))
    else:
        from canonry.reports.text import findings_text

        print_text(findings_text(findings, workspace.root, workspace.text_of))
