"""The early answer to `initialize` is the one that the registered features make."""

import json

import pytest
from canonry.lsp.greeting import greet
from canonry.lsp.language_server import CanonryServer
from lsprotocol import types
from pytest_lsp import client_capabilities

from .fake_workspace import FakeWorkspace
from .session import capabilities

PROFILES = [
    "visual-studio-code",
    *(f"neovim@{version}" for version in ("0.6", "0.7", "0.8", "0.9", "0.10", "0.11")),
    "emacs",
]


def initialize(declared: dict, number: int | str = 1, **params: object) -> bytes:
    params = {"processId": None, "rootUri": None, "capabilities": declared, **params}
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "initialize", "params": params}).encode()


class Sent:
    """A writer that keeps what is sent."""

    def __init__(self) -> None:
        self.bodies: list[dict] = []

    def write(self, data: bytes) -> None:
        self.bodies.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def close(self) -> None:
        """Nothing to close."""


def server_and_sent(*, greeted: bool) -> tuple[CanonryServer, Sent]:
    server, sent = CanonryServer(FakeWorkspace, greeted=greeted), Sent()  # type: ignore[arg-type]
    server.protocol.set_writer(sent)
    return server, sent


def without_refusals(answer: dict) -> dict:
    """pygls says of what it does not want that it does not, to clients that could; silence means the same."""
    sync = answer["result"]["capabilities"]["textDocumentSync"]
    for name in ("willSave", "willSaveWaitUntil"):
        assert not sync.pop(name, False)
    return answer


def plain(declared: types.ClientCapabilities) -> dict:
    server = CanonryServer(FakeWorkspace)  # type: ignore[arg-type]
    return json.loads(json.dumps(declared, default=server.protocol._serialize_message))


@pytest.mark.parametrize("pull", [None, False, True])
@pytest.mark.parametrize("profile", PROFILES)
def test_the_two_answers_are_the_same(profile, pull):
    declared = client_capabilities(profile) if pull is None else capabilities(profile, pull=pull)
    body = initialize(plain(declared))
    server, sent = server_and_sent(greeted=False)

    server.protocol.receive(body)

    early = greet(body)
    assert early is not None
    assert [without_refusals(body) for body in sent.bodies] == [without_refusals(json.loads(early))]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32"], "utf-32"),
        (["ebcdic", "utf-8"], "utf-8"),
        (["ebcdic"], "utf-16"),
        ([], "utf-16"),
        (None, "utf-16"),
    ],
)
def test_the_encoding_is_the_first_of_the_clients_that_is_known(wanted, chosen):
    body = initialize({"general": {"positionEncodings": wanted}} if wanted is not None else {}, "a")
    server, sent = server_and_sent(greeted=False)
    server.protocol.receive(body)

    early = greet(body)

    assert early is not None
    assert sent.bodies == [json.loads(early)]
    assert json.loads(early)["result"]["capabilities"]["positionEncoding"] == chosen
    assert server.encoding == chosen


def test_a_client_that_was_greeted_is_not_answered_again_and_then_as_always():
    server, sent = server_and_sent(greeted=True)

    server.protocol.receive(initialize({}))
    server.protocol.receive(b'{"jsonrpc": "2.0", "id": 2, "method": "no/such", "params": {}}')

    assert [body["id"] for body in sent.bodies] == [2]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"jsonrpc": "2.0", "method": "initialize", "params": {"capabilities": {}}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": 3}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}',
    ],
)
def test_what_is_no_initialize_is_left_to_the_server(body):
    assert greet(body) is None


def test_a_greeted_client_whose_details_are_malformed_keeps_its_folders(tmp_path):
    server, sent = server_and_sent(greeted=True)
    folders = [{"uri": tmp_path.as_uri(), "name": "one"}]

    server.protocol.receive(initialize({"textDocument": {"hover": 3}}, workspaceFolders=folders))

    assert sent.bodies == []
    assert [folder.path for folder in server.folders.all] == [tmp_path]
    server.protocol.receive(b'{"jsonrpc": "2.0", "id": 2, "method": "no/such", "params": {}}')
    assert sent.bodies[0]["error"]["code"] == types.ErrorCodes.MethodNotFound
