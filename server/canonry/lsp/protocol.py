"""Messages in and out, on top of pygls: what it leaves open at the edges of the protocol."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from cattrs import transform_error
from cattrs.errors import ClassValidationError
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol

from canonry.lsp.timing import Taken, current

logger = logging.getLogger(__name__)


PATIENCE = 5.0
"""Seconds that a client has to answer a request; then the server goes on without."""


class RequestFailed(JsonRpcException):
    """The answer to a request that was understood and cannot be fulfilled."""

    CODE = int(types.LSPErrorCodes.RequestFailed)
    MESSAGE = "Request failed"


class CanonryProtocol(LanguageServerProtocol):
    """The protocol with its open ends closed.

    Every request is answered, also one that is malformed, too early or too late. Documents are
    not kept by pygls, whose lines are not the protocol's (it splits at form feeds too) and
    whose every edit costs the whole document: `buffers` keeps them.
    """

    lsp_text_document__did_open = None  # type: ignore[assignment]
    lsp_text_document__did_change = None  # type: ignore[assignment]
    lsp_text_document__did_close = None  # type: ignore[assignment]

    greeted = False
    """Whether the client has had its answer to `initialize` already (see `greeting`)."""

    _initialize_seen = False

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 -- pygls's own
        super().__init__(*arguments, **keywords)
        self.took: Callable[[Taken], None] = lambda taken: None
        """Called with each request that was answered."""
        self._taken: dict[int | str, Taken] = {}

    def receive(self, body: bytes) -> None:
        """Handle one message as it came. Never raises, but SystemExit on `exit`."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError) as error:
            logger.error("A message that is no JSON: %s", error)
            self._answer(None, JsonRpcParseError(str(error)))
            return
        if not isinstance(data, dict) or data.get("jsonrpc") != "2.0":
            logger.error("A message that is no JSON-RPC object")
            asked = data.get("id") if isinstance(data, dict) and "method" in data else None
            self._answer(
                asked if isinstance(asked, (int, str)) else None,
                JsonRpcInvalidRequest("not a JSON-RPC 2.0 message"),
            )
            return
        method, number = data.get("method"), data.get("id")
        if method is not None and (refusal := self._out_of_turn(method)) is not None:
            if number is not None:
                self._answer(number, refusal)
            return
        try:
            message = self.structure_message(data)
        except JsonRpcException as error:
            why = _explain(error)
            logger.error("A malformed %s: %s", method or "answer", why)
            if method == types.INITIALIZE and self.greeted and (plain := _without_details(data)) != data:
                # It counts on the answer that it has had: it is taken for a client without abilities.
                self.receive(json.dumps(plain).encode())
                return
            if method is not None and number is not None:
                self._answer(number, JsonRpcInvalidParams(why))
            return
        self._initialize_seen = self._initialize_seen or method == types.INITIALIZE
        if method is not None and isinstance(number, (int, str)) and not hasattr(message, "id"):
            self._send_response(
                number
            )  # a notification with a number, as a request has it, waits for an answer
        self.handle_message(message)

    def _out_of_turn(self, method: str) -> JsonRpcException | None:
        if method == types.INITIALIZE:
            if self._initialize_seen:
                return JsonRpcInvalidRequest("initialize was sent before")
        elif not self._initialize_seen and method != types.EXIT:
            return JsonRpcServerNotInitialized("initialize must come first")
        elif self._shutdown and method != types.EXIT:
            return JsonRpcInvalidRequest("the server is shutting down")
        return None

    def _handle_request(self, msg_id: int | str, method_name: str, params: object) -> None:
        taken = self._taken[msg_id] = Taken(method_name)
        current.set(taken)  # in the request's own context
        super()._handle_request(msg_id, method_name, params)

    def _send_response(
        self,
        msg_id: int | str | None,
        result: object = None,
        error: types.ResponseError | None = None,
    ) -> None:
        if self.greeted and isinstance(result, types.InitializeResult):
            return
        super()._send_response(msg_id, result, error)  # type: ignore[arg-type] # None: of no message
        taken = self._taken.pop(msg_id, None) if msg_id is not None else None
        if taken is not None:
            taken.end()
            self.took(taken)

    def _answer(self, number: int | str | None, error: JsonRpcException) -> None:
        self._send_response(number, error=error.to_response_error())


def _without_details(message: dict[str, Any]) -> dict[str, Any]:
    """An `initialize` with nothing in it that can be malformed but the folders' names."""
    params = message["params"]
    folders = params.get("workspaceFolders")
    kept: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
    if isinstance(folders, list):
        named = [one for one in folders if isinstance(one, dict) and isinstance(one.get("uri"), str)]
        kept["workspaceFolders"] = [{"uri": one["uri"], "name": str(one.get("name"))} for one in named]
    if isinstance(params.get("rootUri"), str):
        kept["rootUri"] = params["rootUri"]
    return {**message, "params": kept}


def _explain(error: JsonRpcException) -> str:
    """What is wrong with a message, in one line: `expected int @ $.position.line`."""
    cause = error.__cause__
    if isinstance(cause, ClassValidationError):
        return "; ".join(transform_error(cause, path="$"))
    return str(cause or error)
