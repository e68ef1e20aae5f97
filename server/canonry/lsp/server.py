"""How the server starts and how its process ends.

The types of the protocol alone take most of a second to import, the engine as long again. So this
file imports neither: it answers `initialize` from `greeting`, and gets the rest while the client
reads that.
"""

from __future__ import annotations

import itertools
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from canonry.lsp.greeting import greet
from canonry.lsp.transport import (
    Channel,
    ConnectionLostError,
    accept_channel,
    framed,
    frames,
    stdio_channel,
)

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer
    from canonry.workspace import Workspace

_LAST_MOMENT = 3.0
"""Seconds that an orderly end may take; then the process ends without it."""

_SWITCH_INTERVAL = 0.001
"""Seconds that a busy thread may keep the others waiting: while a folder is indexed, each
keystroke passes through three threads, and the interpreter's own 5 ms would be felt."""


def run_stdio(
    log_level: str = "warning",
    workspace_factory: Callable[[Path], Workspace] | None = None,
    log_file: IO[str] | None = None,
) -> NoReturn:
    """Serve one client over standard input and output, then end the process.

    `log_level` is error, warning, info or debug; `workspace_factory` makes the engine's workspace
    of a folder, later and in another thread, so it should import the engine itself; `log_file` gets
    all that is logged, beside standard error and the client. The exit code is 0 after `shutdown` and
    `exit`, else 1, as the protocol has it.
    """
    _run(stdio_channel(), log_level, workspace_factory, log_file)


def run_tcp(
    host: str,
    port: int,
    log_level: str = "warning",
    workspace_factory: Callable[[Path], Workspace] | None = None,
    log_file: IO[str] | None = None,
) -> NoReturn:
    """Serve the first client that connects to a port, then end the process. Raises OSError if it is taken."""
    listener = socket.create_server((host, port))
    shown_host, shown_port = listener.getsockname()[:2]
    print(f"listening on {shown_host}:{shown_port}", file=sys.stderr, flush=True)  # noqa: T201
    _run(accept_channel(listener), log_level, workspace_factory, log_file)


def _run(
    channel: Channel,
    log_level: str,
    workspace_factory: Callable[[Path], Workspace] | None,
    log_file: IO[str] | None,
) -> NoReturn:
    messages = frames(channel)
    try:
        first = next(messages, None)
        answer = greet(first) if first is not None else None
        if answer is not None:
            channel.write(framed(answer))
    except (ConnectionLostError, OSError) as error:
        print(f"canonry: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    if first is None:
        sys.exit(1)

    import asyncio
    import gc

    from canonry.lsp import log
    from canonry.lsp.language_server import CanonryServer

    sys.setswitchinterval(_SWITCH_INTERVAL)
    server = CanonryServer(workspace_factory, greeted=answer is not None)
    log.configure(server.window_log_message, log_level, log_file)
    # What the imports have made lives as long as the process: no collection need look at it.
    gc.freeze()
    code = asyncio.run(_serve(server, channel, itertools.chain([first], messages)))
    sys.stderr.flush()
    sys.exit(code)


async def _serve(server: CanonryServer, channel: Channel, messages: itertools.chain[bytes]) -> int:
    import asyncio
    import signal

    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.end, 128 + number)
    code = await server.serve(channel, messages)
    guard = threading.Timer(_LAST_MOMENT, os._exit, (code,))
    guard.daemon = True
    guard.start()
    server.close()
    return code
