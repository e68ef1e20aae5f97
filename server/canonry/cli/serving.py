"""The command that runs the language server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry.cli.opening import Failure
from canonry.cli.options import cache_option, examples

if TYPE_CHECKING:
    from canonry.workspace import Workspace


@click.command(
    short_help="Run the language server.",
    epilog=examples("""
        canonry lsp                     for an editor, over standard input and output
        canonry lsp --tcp localhost:9257   for one client over TCP, to debug
        canonry lsp --log-level info --log-file canonry.log   to see what is slow
    """),
)
@click.option("--tcp", metavar="HOST:PORT", help="Serve one client that connects here.")
@click.option(
    "--log-level",
    type=click.Choice(["error", "warning", "info", "debug"]),
    default="warning",
    help="What is logged; from info on also what was slow. Default: warning.",
)
@click.option(
    "--log-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that gets the whole log, beside standard error and the editor.",
)
@cache_option
@click.option("--stdio", is_flag=True, hidden=True)
@click.option("--clientProcessId", "client_process", type=int, hidden=True)
def lsp(
    tcp: str | None,
    log_level: str,
    log_file: Path | None,
    cache: Path | None,
    stdio: bool,
    client_process: int | None,
) -> None:
    """Run the language server for an editor.

    It speaks the Language Server Protocol with the one client that has started it, and ends with it.
    """
    from canonry.lsp import server

    def factory(folder: Path) -> Workspace:  # called while the server is answering already
        from canonry.workspace import Workspace

        return Workspace(folder, cache=cache)

    log = None
    if log_file is not None:
        try:
            # It may quote code: for this user alone, as the index is.
            log = os.fdopen(os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", 1, "utf-8")
        except OSError as error:
            raise Failure(f"Cannot write {log_file}: {error.strerror or error}.") from error
    if tcp is None:
        server.run_stdio(log_level, factory, log)
    host, colon, port = tcp.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65_535:
        raise click.UsageError(f"--tcp {tcp}: give a host and a port, as in localhost:9257.")
    try:
        server.run_tcp(host.strip("[]") or "localhost", int(port), log_level, factory, log)
    except OSError as error:
        raise Failure(f"Cannot listen on {tcp}: {error.strerror or error}. Choose another port.") from error
