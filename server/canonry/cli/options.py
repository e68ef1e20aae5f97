"""What several commands have in common: their options, and how examples stand in their help."""

from __future__ import annotations

from pathlib import Path

import click


def examples(text: str) -> str:
    """Examples at the end of a command's help, in lines that click leaves as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line.strip()}" for line in text.strip().splitlines())


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workspace. Default: the nearest folder with pyproject.toml, canonry.toml or .git.",
)
cache_option = click.option(
    "--cache",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    help="The folder of the indexes. Default: in the user's cache folder.",
)
