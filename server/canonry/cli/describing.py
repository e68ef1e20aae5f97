"""Commands that describe: the rules, one rule's page, the services of a workspace."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry.cli.opening import Failure, chosen_root, open_workspace, refresh
from canonry.cli.options import cache_option, examples, root_option

if TYPE_CHECKING:
    from canonry.scopes.lessons import Lesson


@click.command(short_help="List the rules.", epilog=examples("canonry rules"))
def rules() -> None:
    """List all rules: code, name, severity, and what each finds."""
    from canonry.rules.base import all_rules

    known = all_rules()
    width = max(len(rule.name) for rule in known)
    for rule in known:
        severity = rule.severity.name.lower() if rule.default else "off"
        click.echo(f"{rule.code}  {rule.name:<{width}}  {severity:<11}  {first_sentence(rule)}")


@click.command(
    short_help="Explain a rule.",
    epilog=examples("canonry explain CN203\ncanonry explain silent-fallback"),
)
@click.argument("code")
def explain(code: str) -> None:
    """Print what a rule finds, why, and when it stays silent. CODE is its code or its name."""
    from canonry.rules.base import all_rules

    known = {name: rule for rule in all_rules() for name in (rule.code, rule.name)}
    rule = known.get(code.upper()) or known.get(code.lower())
    if rule is None:
        near = difflib.get_close_matches(code, known, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise Failure(f"There is no rule {code}.{hint} `canonry rules` lists them.")
    on = "" if rule.default else ", off unless selected"
    click.echo(f"# {rule.code}: {rule.name}\n\nSeverity: {rule.severity.name.lower()}{on}.\n")
    click.echo(inspect.getdoc(type(rule)) or "")


@click.command(
    short_help="List the services of a workspace.",
    epilog=examples("canonry scopes\ncanonry scopes --root ~/work"),
)
@root_option
@cache_option
def scopes(root: Path | None, cache: Path | None) -> None:
    """List the services that the settings declare, or that are detected, and what each may import."""
    with open_workspace(root, cache) as workspace:
        refresh(workspace)
        services = workspace.services()
        if not services.names():
            click.echo("no services: the workspace is one. Declare some in [tool.canonry.services].")
            return
        click.echo("declared in the settings:" if services.declared else "detected:")
        paths = [path.relative_to(workspace.root).as_posix() for path in workspace.files()]
        for folder, name in sorted(services.folders.items(), key=lambda one: (one[1], one[0])):
            count = sum(path.startswith(f"{folder}/") for path in paths)
            allowed = sorted(services.allowed.get(name, ()))
            may = f", may import {', '.join(allowed)}" if allowed else ""
            click.echo(f"{name}: {folder}/ ({count:,} files{may})")
        outside = sum(not services.of(path) for path in paths)
        if outside:
            click.echo(f"of no service: {outside:,} files")


@click.command(
    short_help="List the lessons of a workspace.",
    epilog=examples("canonry lessons\ncanonry lessons --root ~/work"),
)
@root_option
def lessons(root: Path | None) -> None:
    """List what is read from the Markdown files of the setting `lessons`, and what cannot be used and why.

    Exits with 0; with 2 where a file cannot be read.
    """
    from canonry.config import load_settings
    from canonry.scopes.lessons import LessonsOf

    chosen = chosen_root(root)
    settings = load_settings(chosen).settings
    if not settings.lessons:
        click.echo('no lessons: name their files, as in lessons = ["docs/lessons/**/*.md"].')
        return
    found = LessonsOf(chosen).get(settings)
    if not found.files:
        raise Failure(f"No file is named by lessons = {list(settings.lessons)}.")
    for path in found.files:
        click.echo(path)
        for lesson in found.lessons:
            if lesson.path == path:
                _tell_lesson(lesson)
        for of, unused in found.unused:
            if of == path:
                click.echo(f"  {unused.line + 1}: not used: {unused.what}: {unused.why}")
    unreadable = [f"{path}: {why}" for path, why in found.unreadable]
    if unreadable:
        raise Failure("Not read: " + "; ".join(unreadable))


def _tell_lesson(lesson: Lesson) -> None:
    from canonry.scopes.lessons import first_line

    click.echo(f"  {lesson.line + 1}: {lesson.title}")
    for check in lesson.checks:
        wrong, correct = first_line(check.wrong.text), check.correct
        where = ", where the workspace defines it" if check.is_mention else ""
        instead = f" -> {first_line(correct)}" if correct else ""
        click.echo(f"    {check.line + 1}: wrong{where}: {wrong}{instead}")
    for keyword in lesson.keywords:
        click.echo(f"    {keyword.line + 1}: keyword: {keyword.text}")


def first_sentence(rule: object) -> str:
    """The first sentence of what a rule says of itself."""
    text = (inspect.getdoc(type(rule)) or "").partition("\n")[2].partition("\n\n")[0]
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."


def tell_profile(profile: Mapping[str, float], files: int) -> None:
    """The time that each rule took, longest first, to standard error."""
    total = sum(profile.values())
    click.echo(f"rules: {total:.2f} s for {files:,} files", err=True)
    for code, seconds in sorted(profile.items(), key=lambda one: -one[1]):
        click.echo(f"{code}  {seconds:8.3f} s  {seconds / (files or 1) * 1000:7.3f} ms a file", err=True)
