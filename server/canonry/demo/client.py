"""A small Language Server Protocol client over a process's standard streams, of the standard library alone.

Every wait has an end: a server that is silent or gone is an exception, never a hang.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

Message = dict[str, Any]


class ServerFailed(Exception):
    """The server answered a request with an error; the message is the server's, `code` the protocol's."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class ServerGone(Exception):
    """The server ended, or did not answer in time."""


class Client:
    """A running server and what it has said so far. Ends the server when its `with` block ends."""

    def __init__(self, command: Sequence[str], folder: Path, *, patience: float = 10.0) -> None:
        """`patience` is how many seconds the server has to end when it is asked to."""
        self._patience = patience
        self.diagnostics: dict[str, tuple[int | None, list[Message]]] = {}
        """For each document the version and the diagnostics published last."""
        self.progress: dict[str | int, Message] = {}
        """For each work-done progress its last value."""
        self._answers: dict[int, Message] = {}
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._ended = False
        self._number = 0
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the client
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )
        self._reader = threading.Thread(target=self._read, name="demo-client", daemon=True)
        self._reader.start()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def request(self, method: str, params: object, timeout: float = 30.0) -> Any:  # noqa: ANN401
        """The server's answer. Raises ServerFailed with its error, ServerGone if there is none in time."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self.wait(lambda: self._answers.pop(number, None), timeout, method)
        if "error" in answer:
            error = answer["error"]
            raise ServerFailed(error.get("message", "no reason given"), error.get("code", 0))
        return answer.get("result")

    def notify(self, method: str, params: object) -> None:
        """Tell the server something. Raises ServerGone if it is not there any more."""
        self._send({"method": method, "params": params})

    def wait(self, found: Callable[[], Any], timeout: float, what: str) -> Any:  # noqa: ANN401
        """What `found` gives as soon as that is not None; it is asked whenever the server has spoken.

        Raises ServerGone if the server ends, or does not speak of `what` in time.
        """
        end = time.monotonic() + timeout
        with self._changed:
            while True:
                result = found()
                if result is not None:
                    return result
                left = end - time.monotonic()
                if self._ended:
                    raise ServerGone(f"The server ended before {what}.{self._last_words()}")
                if left <= 0:
                    raise ServerGone(
                        f"The server did not answer {what} within {timeout:.0f} s.{self._last_words()}"
                    )
                self._changed.wait(min(left, 1.0))

    def close(self) -> None:
        """End the server as the protocol has it, or by force where it does not follow within seconds."""
        try:
            if not self._ended:
                self.request("shutdown", None, self._patience)
                self.notify("exit", None)
            self._process.wait(self._patience)
        except (ServerFailed, ServerGone, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._reader.join(10.0)
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what was to be written has nobody to read it

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        try:
            with self._writing:
                stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                stream.flush()
        except (OSError, ValueError) as error:
            raise ServerGone(f"The server is gone: {error}.{self._last_words()}") from error

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while True:
                length = 0
                while line := stream.readline().strip():
                    name, _, value = line.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                if not length:
                    break
                self._take(json.loads(stream.read(length)))
        except (OSError, ValueError):
            pass  # a broken stream is the server's end, which `wait` reports
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _take(self, message: Message) -> None:
        method, number = message.get("method"), message.get("id")
        if method is not None and number is not None:
            self._answer(method, number, message.get("params"))
            return
        with self._changed:
            params = message.get("params") or {}
            if method is None and isinstance(number, int):
                self._answers[number] = message
            elif method == "textDocument/publishDiagnostics":
                self.diagnostics[params["uri"]] = (params.get("version"), params["diagnostics"])
            elif method == "$/progress":
                self.progress[params["token"]] = {**self.progress.get(params["token"], {}), **params["value"]}
            self._changed.notify_all()

    def _answer(self, method: str, number: object, params: Any) -> None:  # noqa: ANN401
        """What the server asks its client."""
        answers: Mapping[str, Callable[[], object]] = {
            "workspace/configuration": lambda: [None for _ in params["items"]],
            "workspace/applyEdit": lambda: {"applied": False},
            "window/showDocument": lambda: {"success": False},
        }
        result = answers.get(method, lambda: None)()
        try:
            self._send({"id": number, "result": result})
        except ServerGone:
            return  # the reader is about to find that out

    def _last_words(self) -> str:
        """The end of what the server wrote to its standard error."""
        position = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, position - 2000))
        text = self._log.read().decode("utf-8", "replace").strip()
        return f"\nIt wrote:\n{text}" if text else ""
