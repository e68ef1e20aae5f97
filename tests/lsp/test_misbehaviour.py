"""Clients that break the protocol and an engine that fails: every request is answered, the server lives."""

import asyncio
import io
import json
import logging

import pytest
from canonry.lsp import log
from canonry.lsp.protocol import RequestFailed
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from .session import PATIENCE, Session, session, until


class Raw:
    """Sends bytes as they are, and keeps what comes back without an id that the client knows."""

    def __init__(self, talk: Session) -> None:
        self.talk = talk
        self.answers: list[dict] = []
        receive = talk.client.protocol.structure_message

        def note(message: dict) -> object:
            if (
                "jsonrpc" in message
                and "method" not in message
                and str(message.get("id")).startswith(("raw", "None"))
            ):
                self.answers.append(message)
                return receive({"jsonrpc": "2.0", "method": "$/noted"})
            return receive(message)

        talk.client.protocol.structure_message = note  # type: ignore[method-assign]

    def send(self, body: bytes | dict) -> None:
        data = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", **body}).encode()
        self.talk.client.protocol.writer.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)  # type: ignore[union-attr]

    async def answer(self, body: bytes | dict) -> dict:
        known = len(self.answers)
        self.send(body)
        await until(lambda: len(self.answers) > known)
        return self.answers[-1]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", types.ErrorCodes.ParseError),
        (b"\xff\xfe", types.ErrorCodes.ParseError),
        (b"[" * 100_000, types.ErrorCodes.ParseError),
        (b"[]", types.ErrorCodes.InvalidRequest),
        (b"3", types.ErrorCodes.InvalidRequest),
        (b'{"id": "raw1", "method": "shutdown"}', types.ErrorCodes.InvalidRequest),
        (
            b'{"jsonrpc": "1.0", "id": "raw1", "method": "canonry/status", "params": {}}',
            types.ErrorCodes.InvalidRequest,
        ),
        ({"id": "raw1", "method": "textDocument/hover"}, types.ErrorCodes.InvalidParams),
        ({"id": "raw1", "method": "textDocument/hover", "params": {}}, types.ErrorCodes.InvalidParams),
        ({"id": "raw1", "method": "textDocument/hover", "params": [1]}, types.ErrorCodes.InvalidParams),
        ({"id": "raw1", "method": "workspace/symbol", "params": None}, types.ErrorCodes.InvalidParams),
        ({"id": "raw1", "method": "no/such", "params": {}}, types.ErrorCodes.MethodNotFound),
        (
            {"id": "raw1", "method": "initialize", "params": {"capabilities": {}}},
            types.ErrorCodes.InvalidRequest,
        ),
    ],
)
async def test_a_malformed_message_is_answered_with_an_error(root, body, code):
    async with session(root) as talk:
        raw = Raw(talk)

        answer = await raw.answer(body)

        assert answer["error"]["code"] == code
        assert await talk.client.workspace_symbol_async(types.WorkspaceSymbolParams("")) is not None


async def test_malformed_notifications_are_ignored(root):
    async with session(root) as talk:
        await talk.settled()
        raw = Raw(talk)
        uri = talk.open("new.py", "def twin\n")
        raw.send({"method": "textDocument/didChange", "params": {"textDocument": {"uri": uri}}})
        raw.send({"method": "textDocument/didOpen"})
        raw.send({"method": "$/unheardOf", "params": {"a": 1}})
        raw.send({"method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": 7}]}})
        raw.send({"method": "$/cancelRequest", "params": {"id": "unknown"}})
        raw.send({"id": "raw9", "result": 3})
        talk.change(uri, 2, "def twin()\n")

        assert len(await talk.diagnostics(uri, 2)) == 1


async def test_a_notification_that_asks_for_an_answer_has_one_and_counts(root):
    async with session(root) as talk:
        await talk.settled()
        raw = Raw(talk)
        uri = talk.uri("new.py")
        item = {"uri": uri, "languageId": "python", "version": 1, "text": "def twin():\n"}
        answer = await raw.answer(
            {"id": "raw1", "method": "textDocument/didOpen", "params": {"textDocument": item}}
        )

        assert "error" not in answer
        assert len(await talk.diagnostics(uri, 1)) == 1


async def test_requests_before_initialize_are_refused(root):
    async with session(root, initialize=False) as talk:
        raw = Raw(talk)
        raw.send({"method": "textDocument/didOpen", "params": {}})

        answer = await raw.answer({"id": "raw1", "method": "workspace/symbol", "params": {"query": ""}})

        assert answer["error"]["code"] == types.ErrorCodes.ServerNotInitialized


async def test_an_initialize_that_is_refused_may_be_sent_again(root):
    async with session(root, initialize=False) as talk:
        raw = Raw(talk)
        answer = await raw.answer({"id": "raw1", "method": "initialize", "params": {"capabilities": 3}})
        assert answer["error"]["code"] == types.ErrorCodes.InvalidParams
        answer = await raw.answer(
            {
                "id": "raw2",
                "method": "initialize",
                "params": {"processId": None, "rootUri": None, "capabilities": {}},
            }
        )
        assert answer["result"]["serverInfo"]["name"] == "canonry"


async def test_after_shutdown_only_exit_is_left(root):
    async with session(root) as talk:
        await talk.settled()
        raw = Raw(talk)
        await talk.client.shutdown_async(None)
        assert talk.workspace.closed

        answer = await raw.answer({"id": "raw1", "method": "workspace/symbol", "params": {"query": ""}})
        assert answer["error"]["code"] == types.ErrorCodes.InvalidRequest
        talk.client.exit(None)
        await until(lambda: talk.exit_code == [0])


async def test_exit_without_shutdown_is_a_failure(root):
    async with session(root) as talk:
        talk.client.exit(None)
        await until(lambda: talk.exit_code == [1])


async def test_a_client_that_hangs_up_ends_the_session(root):
    async with session(root) as talk:
        await talk.settled()
        talk.client.protocol.writer.close()  # type: ignore[union-attr]
        await until(lambda: talk.exit_code == [1])


@pytest.mark.parametrize("method", ["hover", "complete", "actions", "search", "resolve"])
async def test_an_engine_that_fails_is_an_error_of_that_request_alone(root, method):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")
        at, document = types.Position(0, 8), types.TextDocumentIdentifier(uri)
        menu = await talk.actions(uri, 0, 5)
        requests = {
            "hover": lambda: talk.client.text_document_hover_async(types.HoverParams(document, at)),
            "complete": lambda: talk.client.text_document_completion_async(
                types.CompletionParams(document, at)
            ),
            "actions": lambda: talk.actions(uri, 0, 5),
            "search": lambda: talk.client.workspace_symbol_async(types.WorkspaceSymbolParams("x")),
            "resolve": lambda: talk.client.code_action_resolve_async(menu[0]),
        }
        talk.workspace.failing.add(method)

        with pytest.raises(JsonRpcException, match=f"{method} is broken") as raised:
            await requests[method]()

        assert raised.value.code == JsonRpcInternalError.CODE
        talk.workspace.failing.clear()
        await requests[method]()


async def test_a_client_that_answers_nothing_does_not_stop_the_server(root, monkeypatch):
    monkeypatch.setattr("canonry.lsp.language_server.PATIENCE", 0.05)
    monkeypatch.setattr("canonry.lsp.features.configuration.PATIENCE", 0.05)
    async with session(root, initialize=False) as talk:
        for method in (types.CLIENT_REGISTER_CAPABILITY, types.WORKSPACE_CONFIGURATION):
            talk.client.protocol.fm.features.pop(method)

            async def never(params: object) -> None:
                await asyncio.sleep(PATIENCE)

            talk.client.feature(method)(never)
        from .session import capabilities

        await talk.client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities(), workspace_folders=[types.WorkspaceFolder(root.as_uri(), "x")]
            )
        )
        uri = talk.open("new.py", "def twin\n")
        await until(lambda: talk.shown(uri))
        for pending in asyncio.all_tasks() - {asyncio.current_task()}:
            if pending.get_coro().__name__ == "never":  # type: ignore[union-attr]
                pending.cancel()


# ---- the log


@pytest.fixture
def handler():
    sent: list[types.LogMessageParams] = []
    handler = log.OnceHandler(sent.append)
    logger = logging.getLogger("canonry.lsp.of_a_test")
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    yield logger, sent
    logger.removeHandler(handler)
    logger.propagate = True


def fail(logger, error):
    try:
        raise error
    except Exception:
        logger.exception("It failed")


def test_a_cause_is_logged_once_with_its_traceback_on_standard_error_only(handler, capsys):
    logger, sent = handler
    for _ in range(3):
        fail(logger, ValueError("of some kind"))
    fail(logger, KeyError("of another"))

    assert [one.message for one in sent] == [
        "It failed: ValueError: of some kind",
        "It failed: KeyError: 'of another'",
    ]
    assert {one.type for one in sent} == {types.MessageType.Error}
    shown = capsys.readouterr().err
    assert shown.count("Traceback") == 2 and "in fail" in shown


def test_warnings_are_logged_once_and_the_rest_each_time(handler):
    logger, sent = handler
    for _ in range(2):
        logger.warning("careful")
        logger.info("news")

    assert [(one.type, one.message) for one in sent] == [
        (types.MessageType.Warning, "careful"),
        (types.MessageType.Info, "news"),
        (types.MessageType.Info, "news"),
    ]


def test_an_error_that_is_the_answer_to_a_request_is_not_logged():
    sent: list[types.LogMessageParams] = []
    logger = logging.getLogger("pygls.of_a_test")
    once = log.OnceHandler(sent.append)
    logger.addHandler(once)
    logger.propagate = False
    fail(logger, RequestFailed("cannot be done"))
    fail(logger, ValueError("a real one"))
    logger.removeHandler(once)

    assert [one.message for one in sent] == ["It failed: ValueError: a real one"]


def test_logging_while_a_log_message_is_sent_does_not_go_round_in_circles(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    logger = logging.getLogger("canonry.lsp.of_a_circle")
    sent: list[str] = []

    def send(params: types.LogMessageParams) -> None:
        sent.append(params.message)
        logger.error("sending failed %d", len(sent))

    handler = log.OnceHandler(send)
    logger.addHandler(handler)
    logger.propagate = False
    logger.error("first")
    logger.removeHandler(handler)

    assert sent == ["first"]
