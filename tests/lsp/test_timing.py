"""What takes long is logged, and a client that traces the server is told how long everything takes."""

from __future__ import annotations

import io
import logging
import re

import pytest
from canonry.lsp import language_server, log
from canonry.lsp.timing import Taken
from lsprotocol import types

from .session import Session, session, until


def traces(talk: Session) -> list[types.LogTraceParams]:
    told: list[types.LogTraceParams] = []
    talk.client.feature(types.LOG_TRACE)(lambda params: told.append(params))
    return told


def hover(uri: str) -> types.HoverParams:
    return types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))


async def test_a_client_that_traces_is_told_of_each_request_and_check(tmp_path):
    async with session(tmp_path) as talk:
        told = traces(talk)
        talk.client.set_trace(types.SetTraceParams(types.TraceValue.Verbose))
        uri = talk.open("a.py", "x = 1\n", 3)
        await talk.diagnostics(uri, 3)
        await talk.client.text_document_hover_async(hover(uri))
        await until(lambda: len(told) >= 2)

    check = next(one for one in told if one.message.startswith("check of a.py version 3 took "))
    assert re.fullmatch(
        r"waited [\d.]+, read [\d.]+, checked [\d.]+, sent [\d.]+; slowest rules: CN001 12",
        check.verbose or "",
    )
    request = next(one for one in told if one.message.startswith("textDocument/hover took "))
    assert re.fullmatch(r"waited [\d.]+, worked [\d.]+", request.verbose or "")


async def test_messages_alone_have_no_details_and_off_is_silence(tmp_path):
    async with session(tmp_path) as talk:
        told = traces(talk)
        uri = talk.open("a.py", "x = 1\n")
        await talk.client.text_document_hover_async(hover(uri))
        assert told == []
        talk.client.set_trace(types.SetTraceParams(types.TraceValue.Messages))
        await talk.client.text_document_hover_async(hover(uri))
        await until(lambda: told)
        assert [one.verbose for one in told] == [None] * len(told)
        talk.client.set_trace(types.SetTraceParams(types.TraceValue.Off))
        await talk.client.text_document_hover_async(hover(uri))
        count = len(told)
        await talk.client.text_document_hover_async(hover(uri))
        assert len(told) == count


async def test_what_is_slow_is_logged_with_its_phases(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(language_server, "SLOW", 0.0)
    with caplog.at_level(logging.INFO, "canonry"):
        async with session(tmp_path) as talk:
            uri = talk.open("a.py", "x = 1\n", 3)
            await talk.diagnostics(uri, 3)
            await talk.client.text_document_hover_async(hover(uri))

    said = [one.getMessage() for one in caplog.records if one.getMessage().startswith("Slow: ")]
    assert any(re.match(r"Slow: textDocument/hover took [\d.]+ ms: waited ", one) for one in said)
    assert any(
        re.match(r"Slow: check of a.py version 3 took [\d.]+ ms: waited .*CN001 12", one) for one in said
    )


async def test_what_is_not_slow_is_not_logged(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(language_server, "SLOW", 3600.0)
    with caplog.at_level(logging.INFO, "canonry"):
        async with session(tmp_path) as talk:
            uri = talk.open("a.py", "x = 1\n", 3)
            await talk.diagnostics(uri, 3)

    assert not [one for one in caplog.records if one.getMessage().startswith("Slow: ")]


def test_the_slowest_rules_come_first():
    taken = Taken(
        "check", phases={"waited": 0.0021, "checked": 0.5}, rules={"A": 0.1, "B": 0.3, "C": 0, "D": 0.02}
    )

    assert taken.details() == "waited 2.1, checked 500; slowest rules: B 300, A 100, D 20"


@pytest.fixture
def restored_logging():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


def test_a_file_gets_every_record_with_its_thread_and_traceback(restored_logging, capsys):
    file = io.StringIO()
    log.configure(lambda params: None, "info", file)
    logger = logging.getLogger("canonry.somewhere")

    for _ in range(2):
        try:
            raise ValueError("broken")
        except ValueError:
            logger.exception("It failed")
    logger.info("It goes on")
    logger.debug("not asked for")

    assert file.getvalue().count("ERROR MainThread canonry.somewhere: It failed\nTraceback ") == 2
    assert capsys.readouterr().err.count("It failed") == 1  # where someone reads along, once
    assert "It goes on" in file.getvalue()
    assert "not asked for" not in file.getvalue()
