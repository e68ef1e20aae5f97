"""What commands print: reports to standard output, progress and notes to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

    from canonry.model import Progress


def print_text(text: Text) -> None:
    """A styled report: in colour on a terminal unless NO_COLOR is set, its lines never broken."""
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False)
    with console.capture() as rendered:
        console.print(text, end="")
    print_bytes(rendered.get().encode(sys.stdout.encoding or "utf-8", "replace"))


def print_bytes(output: bytes) -> None:
    """The whole output at once. Whoever reads it may stop in the middle of it (`canonry check | head`)."""
    try:
        click.echo(output, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        close_stdout()


def close_stdout() -> None:
    """What is still buffered goes nowhere, so that Python does not complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on standard error if that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total or None)

        yield show
