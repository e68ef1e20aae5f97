"""Any bodies between good messages: each request is answered, and what follows is as if they had not been."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from lsprotocol import types

from .session import session, until
from .test_misbehaviour import Raw

METHODS = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "codeAction/resolve",
    "codeLens/resolve",
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "canonry/search",
    "canonry/similar",
    "canonry/import",
    "canonry/status",
    "$/cancelRequest",
    "$/setTrace",
    "no/such",
    "",
]
NAMES = [
    "textDocument",
    "uri",
    "position",
    "range",
    "contentChanges",
    "text",
    "version",
    "line",
    "character",
    "start",
]
NAMES += [
    "end",
    "data",
    "title",
    "changes",
    "type",
    "event",
    "added",
    "query",
    "id",
    "context",
    "settings",
    "command",
]

leaves = (
    st.none()
    | st.booleans()
    | st.sampled_from([-1, 0, 1, 2**31, 2**63, 10**30, 0.5])
    | st.sampled_from(["file:///x.py", "file:", "untitled:1", "%", "\ud800", "\x00", "new.py"])
    | st.text(max_size=5)
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)
messages = st.fixed_dictionaries({"method": st.sampled_from(METHODS), "params": values})
bodies = st.lists(
    st.one_of(
        messages,
        st.tuples(messages, st.integers(1, 10**6)).map(lambda pair: {"id": f"raw{pair[1]}", **pair[0]}),
        st.fixed_dictionaries({"id": st.sampled_from([7, "x", None]), "result": values}),
        st.fixed_dictionaries({"id": st.sampled_from([7, "x"]), "error": values}),
        st.binary(max_size=30),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(bodies)
def test_any_messages_leave_the_server_as_it_was(some):
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(sent(Path(name).resolve(), some))


async def sent(root: Path, some: list[bytes | dict[str, Any]]) -> None:
    (root / "existing.py").write_text("def twin():\n    pass\n")
    async with session(root) as talk:
        await talk.settled()
        raw = Raw(talk)
        for one in some:
            raw.send(one)
        uri = talk.open("after.py", "def twin():\n")

        assert [one.code for one in await talk.diagnostics(uri, 1)] == ["CN001"]
        asked = {one["id"] for one in some if isinstance(one, dict) and str(one.get("id")).startswith("raw")}
        await until(lambda: asked <= {answer.get("id") for answer in raw.answers})
        found = await talk.client.workspace_symbol_async(types.WorkspaceSymbolParams("twin"))
        assert found is not None
