"""The command line: arguments -> workspace -> report -> exit code."""

from __future__ import annotations

import sys
import traceback
from typing import NoReturn

import click

from canonry.cli.commands import CLEAN, FAILED, cli
from canonry.cli.output import close_stdout

INTERRUPTED = 130

__all__ = ["cli", "main"]


def main() -> NoReturn:
    """Run the command line and end the process.

    Not by click's own `main`, which exits with 1 where its reader stops reading; 1 means findings.
    """
    code = CLEAN
    try:
        with cli.make_context("canonry", sys.argv[1:]) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        error.show()
        code = FAILED
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:  # of the help; reports see to it themselves
        close_stdout()
    except Exception:
        traceback.print_exc()
        click.echo("This is a mistake in Canonry. Please report it with the lines above.", err=True)
        code = FAILED
    sys.exit(code)
