"""What the server logs: to standard error and to the client, each cause once; to a file, all of it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import IO

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

LEVELS = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}

_MESSAGE_TYPES = (
    (logging.ERROR, types.MessageType.Error),
    (logging.WARNING, types.MessageType.Warning),
    (logging.INFO, types.MessageType.Info),
)
_MOST_CAUSES = 1000
"""So many distinct causes are remembered; a server that has more of them has told enough."""


class OnceHandler(logging.Handler):
    """Writes records to standard error and to the client; warnings and errors once per cause.

    A cause is the type and the place of an exception, or else the text of the record. The
    traceback goes to standard error alone.
    """

    def __init__(self, send: Callable[[types.LogMessageParams], None]) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._send = send
        self._seen: set[object] = set()
        self._sending = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record unless its cause was told before."""
        try:
            if _is_an_answer(record) or not self._is_new(record):
                return
            print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201
            self._tell_client(record)
        except Exception:  # a handler must not raise: logging's own rule
            self.handleError(record)

    def _is_new(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        cause = _cause(record)
        if cause in self._seen or len(self._seen) >= _MOST_CAUSES:
            return False
        self._seen.add(cause)
        return True

    def _tell_client(self, record: logging.LogRecord) -> None:
        # Sending logs too: below errors pygls is not forwarded, and never from within a sending.
        if record.name.startswith("pygls") and record.levelno < logging.ERROR:
            return
        if getattr(self._sending, "now", False):
            return
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            text += f": {type(error).__name__}: {error}"
        kinds = (kind for level, kind in _MESSAGE_TYPES if record.levelno >= level)
        kind = next(kinds, types.MessageType.Log)
        self._sending.now = True
        try:
            self._send(types.LogMessageParams(type=kind, message=text))
        finally:
            self._sending.now = False


def configure(
    send: Callable[[types.LogMessageParams], None], level: str, file: IO[str] | None = None
) -> None:
    """Make this process log through one OnceHandler, and into `file`; `level` is a key of LEVELS."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(OnceHandler(send))
    if file is not None:
        whole = logging.StreamHandler(file)
        whole.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        root.addHandler(whole)
    root.setLevel(logging.WARNING)
    set_level(level)


def set_level(level: str) -> None:
    """Log Canonry from `level` on, a key of LEVELS; the protocol library only errors unless debugging."""
    number = LEVELS[level]
    logging.getLogger("canonry").setLevel(number)
    logging.getLogger("pygls").setLevel(number if number == logging.DEBUG else logging.ERROR)


def _is_an_answer(record: logging.LogRecord) -> bool:
    """Whether pygls logs an error that the client is told as the answer to its own request."""
    if not record.name.startswith("pygls"):
        return False
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        return isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError)
    return str(record.msg).startswith("Unable to deserialize message")


def _cause(record: logging.LogRecord) -> object:
    if not record.exc_info or record.exc_info[1] is None:
        return record.name, record.getMessage()
    error, traceback = record.exc_info[1], record.exc_info[2]
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    place = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else str(error)
    return type(error), place
