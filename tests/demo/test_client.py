"""The demonstration's client: a server that misbehaves is an error in the end, never a hang."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from canonry.demo.client import Client, ServerFailed, ServerGone

FRAMING = """
import json, sys
def read():
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        length = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(length)) if length else None
def write(message):
    body = json.dumps(message).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()
"""

WELL_BEHAVED = """
while message := read():
    method, number = message.get("method"), message.get("id")
    if method == "ask":
        write({"id": 7, "method": "workspace/configuration", "params": {"items": [{}, {}]}})
        answer = read()
        write({"id": number, "result": answer})
    elif method == "fail":
        write({"id": number, "error": {"code": 1, "message": "out of cheese"}})
    elif method == "publish":
        diagnostics = {"uri": "file:///a", "version": 3, "diagnostics": [{"message": "é"}]}
        write({"method": "textDocument/publishDiagnostics", "params": diagnostics})
        for value in ({"kind": "begin", "title": "t"}, {"kind": "end", "message": "done"}):
            write({"method": "$/progress", "params": {"token": "x", "value": value}})
        write({"id": number, "result": None})
    elif method == "shutdown":
        write({"id": number, "result": None})
    elif method == "exit":
        break
"""


def server(script: str) -> list[str]:
    return [sys.executable, "-c", FRAMING + script]


def test_requests_answers_and_questions_of_the_server(tmp_path: Path) -> None:
    with Client(server(WELL_BEHAVED), tmp_path) as client:
        assert client.request("ask", {}) == {"jsonrpc": "2.0", "id": 7, "result": [None, None]}
        assert client.request("publish", {}) is None
        assert client.diagnostics == {"file:///a": (3, [{"message": "é"}])}
        assert client.progress == {"x": {"kind": "end", "title": "t", "message": "done"}}
        with pytest.raises(ServerFailed, match="out of cheese"):
            client.request("fail", {})


def test_a_server_that_dies_is_reported_with_its_last_words(tmp_path: Path) -> None:
    script = "read(); sys.stderr.write('no more cheese'); sys.exit(3)"

    with Client(server(script), tmp_path) as client, pytest.raises(ServerGone, match="no more cheese"):
        client.request("initialize", {}, 60)


def test_a_server_that_is_silent_is_given_up(tmp_path: Path) -> None:
    script = "while read(): pass"

    with (
        Client(server(script), tmp_path, patience=0.1) as client,
        pytest.raises(ServerGone, match="did not answer initialize"),
    ):
        client.request("initialize", {}, 0.1)


def test_a_server_that_talks_nonsense_is_given_up(tmp_path: Path) -> None:
    script = "sys.stdout.write('Content-Length: 5\\r\\n\\r\\nhello'); sys.stdout.flush(); read()"

    with Client(server(script), tmp_path) as client, pytest.raises(ServerGone, match="ended before"):
        client.request("initialize", {}, 60)


def test_writing_to_a_server_that_is_gone_is_reported(tmp_path: Path) -> None:
    with Client(server("sys.exit(0)"), tmp_path) as client:
        with pytest.raises(ServerGone):
            client.wait(lambda: None, 60, "nothing")
        with pytest.raises(ServerGone):
            for _ in range(100):
                client.notify("initialized", {"padding": "x" * 10_000})
