"""The server as a process: its channel is its own, and it ends when its client does, whatever happens."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from canonry.lsp.lifetime import process_alive
from canonry.lsp.transport import Channel, framed, frames

ROOT = Path(__file__).parents[2]
SOON = 20.0
"""Seconds; a server without a client is gone within 5 on a machine that has nothing else to do."""


class Process:
    """A server process and its client, as plain as can be."""

    def __init__(self, code: str, *, cwd: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.stdin, out = self.process.stdin, self.process.stdout.fileno()
        self.messages = frames(Channel(lambda size: os.read(out, size), lambda data: None, lambda: None))

    def send(self, **message: object) -> None:
        self.stdin.write(framed(json.dumps({"jsonrpc": "2.0", **message}).encode()))
        self.stdin.flush()

    def receive(self, **expected: object) -> dict:
        """The next message that has what is expected in it."""
        for body in self.messages:
            message: dict = json.loads(body)
            if expected.items() <= message.items():
                return message
        raise AssertionError(f"the server ended without {expected}: {self.errors()}")

    def initialize(self, pid: int | None = None) -> dict:
        params = {"processId": pid, "rootUri": Path.cwd().as_uri(), "capabilities": {}}
        self.send(id=1, method="initialize", params=params)
        answer = self.receive(id=1)
        self.send(method="initialized", params={})
        # An answer of the server itself, not of its greeting: all of it is there now.
        self.send(id=2, method="workspace/symbol", params={"query": ""})
        self.receive(id=2)
        return answer

    def open(self, path: Path, text: str) -> dict:
        item = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": item})
        while True:
            message = self.receive(method="textDocument/publishDiagnostics")
            if message["params"]["uri"] == item["uri"]:
                return message["params"]

    def errors(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def ends(self) -> int:
        return self.process.wait(SOON)


FAKE = """
    from tests.lsp.fake_workspace import FakeWorkspace
    from canonry.lsp.server import run_stdio
    run_stdio("warning", FakeWorkspace)
"""
NOISY = """
    import os, subprocess, sys
    from tests.lsp.fake_workspace import FakeWorkspace
    from canonry.lsp.server import run_stdio

    class Noisy(FakeWorkspace):
        def check(self, path, cancelled, profile):
            print("from print", flush=True)
            os.write(1, b"from the descriptor\\n")
            child = "import sys; print('from a child, which reads', repr(sys.stdin.read()))"
            subprocess.run([sys.executable, "-c", child], check=True)
            return super().check(path, cancelled, profile)

    run_stdio("warning", Noisy)
"""


@contextmanager
def running(code: str, cwd: Path) -> Iterator[Process]:
    server = Process(code, cwd=cwd)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()
        for stream in (server.process.stdin, server.process.stdout, server.process.stderr):
            assert stream is not None
            try:
                stream.close()
            except BrokenPipeError:
                continue


def test_shutdown_and_exit_end_the_process_well(tmp_path):
    with running(FAKE, tmp_path) as server:
        assert server.initialize()["result"]["serverInfo"]["name"] == "canonry"
        server.send(id=9, method="shutdown")
        assert server.receive(id=9) == {"jsonrpc": "2.0", "id": 9, "result": None}
        server.send(method="exit")

        assert server.ends() == 0
        assert server.errors() == ""


def test_exit_without_shutdown_is_a_failure(tmp_path):
    with running(FAKE, tmp_path) as server:
        server.initialize()
        server.send(method="exit")

        assert server.ends() == 1


def test_a_client_that_closes_its_end_takes_the_server_along(tmp_path):
    with running(FAKE, tmp_path) as server:
        server.initialize()
        server.stdin.close()

        assert server.ends() == 1


def test_a_client_that_says_nothing_at_all_does_too(tmp_path):
    with running(FAKE, tmp_path) as server:
        server.stdin.close()

        assert server.ends() == 1


def test_garbage_in_place_of_messages_ends_it_with_a_word(tmp_path):
    with running(FAKE, tmp_path) as server:
        server.stdin.write(b"hello?\r\n\r\n")
        server.stdin.flush()

        assert server.ends() == 1
        assert "Content-Length" in server.errors()


def test_a_client_whose_process_has_died_takes_the_server_along(tmp_path):
    client = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with running(FAKE, tmp_path) as server:
        server.initialize(client.pid)
        client.kill()
        client.wait()
        client.stdin.close()  # type: ignore[union-attr]

        assert server.ends() == 1
        assert f"process {client.pid} is gone" in server.errors()


def test_a_process_of_another_machine_is_not_waited_for(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with running(FAKE, tmp_path) as server:
        server.initialize(gone.pid)
        time.sleep(1.5)  # longer than it takes to look twice

        assert server.process.poll() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_signal_ends_it_in_order(tmp_path):
    with running(FAKE, tmp_path) as server:
        server.initialize()
        server.process.send_signal(signal.SIGTERM)

        assert server.ends() == 128 + signal.SIGTERM


def test_nothing_in_the_process_can_write_between_the_messages_or_read_them(tmp_path):
    with running(NOISY, tmp_path) as server:
        server.initialize()
        found = server.open(tmp_path / "a.py", "x = 1\n")
        assert found["version"] == 1
        server.send(id=9, method="shutdown")
        server.receive(id=9)
        server.send(method="exit")

        assert server.ends() == 0
        assert server.errors().split("\n") == [
            "from print",
            "from the descriptor",
            "from a child, which reads ''",
            "",
        ]


def test_initialize_is_answered_before_anything_heavy_is_imported(tmp_path):
    code = """
        import sys
        from canonry.lsp import server
        heavy = {"asyncio", "attrs", "cattrs", "lsprotocol", "numpy", "pygls", "tree_sitter", "libcst"}
        framed = server.framed

        def answered(body):
            print(sorted(heavy & sys.modules.keys()), file=sys.stderr)
            return framed(body)

        server.framed = answered
        server.run_stdio("warning")
    """
    with running(code, tmp_path) as server:
        server.send(id=1, method="initialize", params={"processId": None, "capabilities": {}})
        server.receive(id=1)
        server.send(id=2, method="shutdown")
        server.receive(id=2)
        server.send(method="exit")

        assert server.ends() == 0
        assert server.errors() == "[]\n"


def test_one_client_over_tcp(tmp_path):
    code = FAKE.replace("run_stdio(", 'run_tcp("127.0.0.1", 0, ').replace("run_stdio", "run_tcp")
    with running(code, tmp_path) as server:
        assert server.process.stderr is not None
        address = server.process.stderr.readline().decode().removeprefix("listening on ")
        host, _, port = address.strip().rpartition(":")
        with socket.create_connection((host, int(port)), timeout=SOON) as connection:
            messages = frames(Channel(connection.recv, connection.sendall, connection.close))
            params = {"processId": None, "rootUri": None, "capabilities": {}}
            request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
            connection.sendall(framed(json.dumps(request).encode()))
            assert json.loads(next(messages))["id"] == 1

        assert server.ends() == 1


def test_whether_a_process_lives():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    alive = process_alive(child.pid)
    child.communicate(b"\n")

    assert (alive, process_alive(child.pid), process_alive(os.getpid())) == (True, False, True)
    assert not any(process_alive(pid) for pid in (0, -1, 2**40))
