"""Whether the process that started the server still lives."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

_INTERVAL = 1.0
"""Seconds between two looks; a server without its editor is gone within a few of them."""


async def watch_process(pid: int, on_death: Callable[[], None]) -> None:
    """Call `on_death` once the process `pid` is gone.

    A process that is not there to begin with is one of another machine or container: it is
    not watched.
    """
    if not process_alive(pid):
        return
    while process_alive(pid):
        await asyncio.sleep(_INTERVAL)
    on_death()


if sys.platform == "win32":

    def process_alive(pid: int) -> bool:
        """Whether a process of this id runs."""
        import ctypes

        synchronize, still_running = 0x00100000, 0x00000102
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(synchronize, False, pid)
        if not handle:
            return False
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == still_running)
        finally:
            kernel.CloseHandle(handle)

else:

    def process_alive(pid: int) -> bool:
        """Whether a process of this id runs."""
        if pid <= 0:  # would stand for a group of processes
            return False
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True
