"""Inputs grown byte by byte, guided by which code they reach (atheris): what is read from outside never raises.

    python -m pip install --group reliability
    python benchmarks/reliability/guided.py [TARGET ...] [--seconds 600] [--keep FOLDER]

A target reads bytes as the server or the command line would and checks what always holds of the answer; each runs
in a process of its own, which ends with the first input that raises, or takes over 20 seconds or 2 GiB. Such an input
and, with `--keep`, all that reached new code are left in the folder. `--input FILE` runs a target on one input alone.
Prints a line of JSON for each target; the exit code is 1 where an input was found.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, NoReturn

import atheris
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["canonry"]):  # which tells of each
    from canonry.config import SETTINGS_FILES, Settings, load_settings
    from canonry.config.globs import Globs
    from canonry.config.reading import merge_editor_settings
    from canonry.index.extraction import extract_rows, of_trees
    from canonry.lsp.language_server import CanonryServer
    from canonry.lsp.transport import Channel, ConnectionLostError, frames
    from canonry.reports.baseline import DamagedBaseline, read_baseline
    from canonry.rules.base import all_extractors, all_rules
    from canonry.scopes.lessons.reading import read_lessons
    from canonry.syntax import ModuleParser, UnreadableSource, parse_module, parse_tree, read_source
    from canonry.syntax.facts import decode_facts, encode_facts
    from canonry.syntax.forms import find
    from canonry.workspace import Workspace

SECONDS_AN_INPUT = 20.0
"""Of the processor."""
HANGING = 900
"""Seconds of the clock after which libFuzzer ends a target; everything may be stopped for minutes."""
MEMORY_MB = 2048
LONGEST = 4096
"""Bytes of an input: long enough for anything that is nested or repeated, short enough for many a second."""
PATIENCE = 60.0
"""Seconds after which a server will never answer."""
NEXT = b"\xff\xff"
"""Between the parts of an input of several; no text has it."""
EXISTING = '''"""Amounts."""
import json
from decimal import Decimal

class Store:
    def load(self, path):
        with open(path) as file:
            return json.load(file)

def round_half_up(amount, places=2):
    return amount.quantize(Decimal(10) ** -places)
'''

Target = Callable[[bytes], None]


class Raised(logging.Handler):
    """Keeps what was logged with a traceback: an exception that something else lived through."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        is_answer = isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError)
        if (error is not None and not is_answer) or "failed in" in record.getMessage():
            self.found.append(self.format(record))

    def check(self) -> None:
        found, self.found = self.found, []
        assert not found, "\n".join(found)


def syntax() -> Target:
    """Source text: facts that can be stored and read, within the text; the same where it is read in two steps."""
    raised = Raised()
    extractors = [*of_trees(all_extractors()).values()]

    def target(data: bytes) -> None:
        try:
            text = read_source(data)
        except UnreadableSource as error:
            assert str(error)
            return
        found = parse_tree(text, "app.new", False, False)
        facts = found.facts
        assert decode_facts(encode_facts(facts)) == facts
        lines = text.count("\n") + text.count("\r") + 1
        for one in facts.definitions:
            assert 0 <= one.start_line <= one.name_line <= one.end_line < lines, one
        extract_rows(extractors, found)
        parser = ModuleParser("app.new")
        parser.read(text[: len(text) // 2])
        assert parser.read(text) == parse_module(text, "app.new") == facts
        raised.check()

    return target


def settings() -> Target:
    """Settings files and an editor's tree: problems in words, at places of the text."""
    folder = Path(tempfile.mkdtemp(prefix="canonry-guided-"))

    def target(data: bytes) -> None:
        name = SETTINGS_FILES[data[0] % len(SETTINGS_FILES)] if data else SETTINGS_FILES[0]
        body, _, editor = data[1:].partition(NEXT)
        (folder / name).write_bytes(body)
        loaded = load_settings(folder)
        (folder / name).unlink()
        lines = body.count(b"\n") + body.count(b"\r") + 1
        for one in (one for some in loaded.problems.values() for one in some):
            assert one.message
            assert 0 <= one.range.start.line <= one.range.end.line <= lines, one
        for excluded in loaded.settings.exclude:
            Globs([excluded]).match("app/new.py")
        try:
            tree = json.loads(editor)
        except (ValueError, RecursionError):
            return
        if isinstance(tree, dict):
            _, problems = merge_editor_settings(Settings(), tree)
            assert all(one.message for one in problems)

    return target


def lessons() -> Target:
    """Markdown: lessons and what could not be used, at lines of the text; their examples can be looked for."""
    tree = parse_tree(EXISTING, "app.money", False, False)

    def target(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        found = read_lessons(text, "docs/lessons.md")
        lines = len(text.splitlines()) + 1
        for _, unused in found.unused:
            assert unused.why
            assert 0 <= unused.line < lines
        for one in found.lessons:
            assert 0 <= one.line < lines
            for form in (*(check.wrong for check in one.checks), *(word.form for word in one.keywords)):
                assert form.anchor
                for _ in find(form, tree):
                    pass

    return target


def registry() -> Target:
    """Settings and a module with comments, decorators, names: every rule, and what a menu offers, on all of it."""
    raised = Raised()
    root = Path(tempfile.mkdtemp(prefix="canonry-guided-")).resolve() / "project"
    (root / "app").mkdir(parents=True)
    (root / "app" / "money.py").write_text(EXISTING)
    path = root / "app" / "new.py"
    workspace = Workspace(root, cache=root.parent / "cache", workers=1)
    workspace.refresh()

    def target(data: bytes) -> None:
        body, _, source = data.partition(NEXT)
        try:
            text = read_source(source)
        except UnreadableSource:
            return
        (root / "canonry.toml").write_bytes(body)
        workspace.reload_settings()
        workspace.settings_findings()
        workspace.open(path, text)
        findings = workspace.check(path)
        lines = text.count("\n") + text.count("\r") + 1
        for one in findings:
            assert one.message
            assert 0 <= one.range.start.line <= one.range.end.line < lines, one
        for one in findings[:3]:
            for action in workspace.actions(path, one.range)[:4]:
                workspace.resolve(action)
        workspace.close_buffer(path)
        raised.check()

    return target


def baseline() -> Target:
    """A baseline: read, or refused in words."""

    def target(data: bytes) -> None:
        try:
            found = read_baseline(data.decode("utf-8", "replace"))
        except DamagedBaseline as error:
            assert str(error)
        else:
            assert all(isinstance(one, str) for one in found)

    return target


def messages() -> Target:
    """JSON-RPC: raw bytes as a stream; then a message a line to a server, which answers every request and lives.

    Not sent are `exit` and `shutdown`, and folders to take on, which could be any of this machine's.
    """
    raised = Raised()
    root = Path(tempfile.mkdtemp(prefix="canonry-guided-")).resolve() / "project"
    root.mkdir()
    (root / "existing.py").write_text(EXISTING)
    wire = Wire(root)

    def target(data: bytes) -> None:
        left = [data[: len(data) // 2], data[len(data) // 2 :]]
        stream = Channel(lambda size: left.pop(0) if left else b"", lambda data: None, lambda: None)
        try:
            assert sum(map(len, frames(stream))) <= len(data)
        except ConnectionLostError as error:
            assert str(error)
        wire.send([one for one in data.split(b"\n") if harmless(one)])
        raised.check()

    return target


def harmless(body: bytes) -> bool:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return True
    method = message.get("method") if isinstance(message, dict) else None
    return method not in ("exit", "shutdown", "workspace/didChangeWorkspaceFolders")


class Wire:
    """A server of this process in a thread, and what it has answered."""

    def __init__(self, root: Path) -> None:
        self._bodies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._answered: dict[str, Any] = {}
        self._changed = threading.Condition()
        self._number = 0
        self._server = CanonryServer(lambda folder: Workspace(folder, cache=root.parent / "cache", workers=1))
        threading.Thread(target=self._serve, daemon=True).start()
        uri = root.as_uri()
        folders = [{"uri": uri, "name": "project"}]
        params = {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": {}}
        self.ask("initialize", params)
        self._bodies.put(b'{"jsonrpc": "2.0", "method": "initialized", "params": {}}')

    def send(self, bodies: list[bytes]) -> None:
        """Sends messages and waits until all that they ask is answered and done."""
        asked = {number for body in bodies for number in number_of_request(body)}
        with self._changed:
            self._answered.clear()
        for body in bodies:
            self._bodies.put(body)
        self.ask("canonry/status", {})
        self._until(
            lambda: asked <= self._answered.keys(), lambda: f"answers to {asked - self._answered.keys()}"
        )
        self._until(lambda: self._server.idle, lambda: "rest")

    def ask(self, method: str, params: object) -> None:
        self._number += 1
        number = f"own {self._number}"
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self._bodies.put(json.dumps(message).encode())
        self._until(lambda: number in self._answered, lambda: f"an answer to {method}")
        assert "error" not in self._answered[number], self._answered[number]

    def _until(self, true: Callable[[], bool], what: Callable[[], str]) -> None:
        end = time.monotonic() + PATIENCE
        with self._changed:
            while not true():
                assert time.monotonic() < end, f"the server did not come to {what()}"
                self._changed.wait(0.005)

    def _serve(self) -> None:
        import asyncio

        channel = Channel(lambda size: b"", self._take, lambda: None)
        asyncio.run(self._serve_in_loop(channel))

    async def _serve_in_loop(self, channel: Channel) -> None:
        await self._server.serve(channel, iter(self._bodies.get, None))

    def _take(self, data: bytes) -> None:
        message = json.loads(data.partition(b"\r\n\r\n")[2])
        if "method" in message and "id" in message:
            self._bodies.put(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode())
        elif "id" in message:
            with self._changed:
                self._answered[str(message["id"])] = message
                self._changed.notify_all()


def number_of_request(body: bytes) -> Iterator[str]:
    """The number of a request, where it is one that can be answered."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return
    if isinstance(message, dict) and {"jsonrpc", "method", "id"} <= message.keys():
        number = message["id"]
        if message["method"] is not None and isinstance(number, (int, str)) and not isinstance(number, bool):
            yield str(number)


TARGETS = (syntax, settings, lessons, registry, baseline, messages)
"""The surfaces that anybody's bytes reach."""


def seeds(name: str) -> Iterator[bytes]:
    """Good inputs to begin with, from this repository."""
    repository = Path(__file__).parents[2]
    codes = [
        source
        for rule in all_rules()
        for one in (*rule.INVALID, *rule.VALID)
        for source in ([one.code] if isinstance(one.code, str) else one.code.values())
    ]
    tables = [path.read_bytes() for path in sorted((repository / "tests").rglob("*.toml"))]
    if name == "syntax":
        yield from (code.encode() for code in codes)
    elif name == "settings":
        yield from (
            bytes([at % 2]) + table + NEXT + b'{"reuse.minimumProbability": 1}'
            for at, table in enumerate(tables)
        )
    elif name == "lessons":
        yield from (path.read_bytes() for path in sorted(repository.rglob("tests/**/*.md")))
    elif name == "registry":
        owner = b'[canonical]\n"round" = {symbol = "app.money.round_half_up", supersedes = ["app.new.*"]}\n'
        yield from (owner + NEXT + code.encode() for code in codes)
    elif name == "baseline":
        yield b'{"canonry-baseline": 1, "findings": [{"path": "a.py", "code": "CN001", "fingerprint": "ab12"}]}'
    else:
        yield from conversations()


def conversations() -> Iterator[bytes]:
    """A document's life and what is asked of it; each request also alone."""
    document = {"uri": "file:///new.py"}
    place = {"textDocument": document, "position": {"line": 0, "character": 4}}
    start = {"line": 0, "character": 0}
    open_it = {"textDocument": {**document, "languageId": "python", "version": 1, "text": EXISTING}}
    change = {"range": {"start": start, "end": place["position"]}, "text": "x"}
    range_ = {"start": start, "end": start}
    asked: list[tuple[str, object]] = [
        ("textDocument/hover", place),
        ("textDocument/completion", place),
        (
            "textDocument/codeAction",
            {"textDocument": document, "range": range_, "context": {"diagnostics": []}},
        ),
        ("textDocument/codeLens", {"textDocument": document}),
        ("codeAction/resolve", {"title": "x", "data": {"uri": "file:///new.py"}}),
        ("codeLens/resolve", {"range": range_, "data": {}}),
        ("completionItem/resolve", {"label": "x", "data": {}}),
        ("workspace/symbol", {"query": "round"}),
        ("workspace/executeCommand", {"command": "canonry.restart", "arguments": []}),
        ("canonry/search", {"query": "round"}),
        ("canonry/similar", {"textDocument": document, "position": start}),
        ("canonry/status", {}),
    ]
    told: list[tuple[str, object]] = [
        ("textDocument/didOpen", open_it),
        ("textDocument/didChange", {"textDocument": {**document, "version": 2}, "contentChanges": [change]}),
        ("textDocument/didSave", {"textDocument": document}),
        ("workspace/didChangeConfiguration", {"settings": {"canonry": {"ignore": ["CN001"]}}}),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///new.py", "type": 2}]}),
        ("$/cancelRequest", {"id": 1}),
        ("$/setTrace", {"value": "verbose"}),
    ]
    closed = ("textDocument/didClose", {"textDocument": document})
    lines = [json.dumps({"jsonrpc": "2.0", "method": method, "params": params}) for method, params in told]
    lines += [
        json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        for number, (method, params) in enumerate(asked, 1)
    ]
    lines.append(json.dumps({"jsonrpc": "2.0", "method": closed[0], "params": closed[1]}))
    yield "\n".join(lines).encode()
    yield from (line.encode() for line in lines)
    yield b"Content-Length: 2\r\n\r\n{}"


WORDS = {
    "syntax": ["def ", "async ", "class ", "lambda ", "return ", "import ", "@", "->", ":=", "f'{", '\"\"\"', "match ", "# canonry: ignore[CN001]"],
    "settings": ["[tool.canonry]", "[[pattern]]", "[[accepted]]", "severity", "exclude", "services", "minimum-probability", "**/", "CN001", "1979-05-27"],
    "lessons": ["WRONG", "CORRECT", "BEFORE", "AFTER", "Anti-pattern", "Pattern", "keywords", "```python", "**", "# ", "- ", "`"],
    "registry": ["canonry: canonical", "canonry: superseded-by ", "canonry: ignore-file", "def ", "class ", "async ", "await ", "supersedes", "canonical"],
    "baseline": ["canonry-baseline", "findings", "fingerprint"],
    "messages": ["textDocument/", "workspace/", "canonry/", "jsonrpc", "method", "params", "null", "-1", "1e999", "file:///"],
}  # fmt: skip


def run(name: str, seconds: int, folder: Path) -> dict[str, object]:
    """One target for some seconds, in a process of its own, and what libFuzzer told of it."""
    corpus, found = folder / name, folder / f"{name}-"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed{number}").write_bytes(seed[:LONGEST])
    words = folder / f"{name}.words"
    words.write_text("".join('"{}"\n'.format(word.replace('"', '\\"')) for word in WORDS[name]))
    command = [
        sys.executable,
        __file__,
        name,
        "--target",
        str(corpus),
        f"-max_total_time={seconds}",
        f"-artifact_prefix={found}",
        f"-dict={words}",
    ]
    command += [f"-timeout={HANGING}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={LONGEST}", "-print_final_stats=1"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.run(command, capture_output=True, env=environment, check=False)
    told = (process.stdout + process.stderr).decode("utf-8", "replace")
    reached = re.findall(r"cov: (\d+) ft: (\d+)", told)
    runs = re.search(r"number_of_executed_units: (\d+)", told)
    row: dict[str, object] = {"target": name, "seconds": seconds, "inputs": int(runs[1]) if runs else 0}
    if reached:
        row |= {"branches at first": int(reached[0][0]), "branches in the end": int(reached[-1][0])}
    if process.returncode:
        row["wrong"] = process.stdout.decode("utf-8", "replace")[-3000:] or told[-3000:]
    return row


def fuzz(name: str, arguments: list[str]) -> NoReturn:
    """Become the process of a target."""
    target = next(one for one in TARGETS if one.__name__ == name)()

    def timed(data: bytes) -> None:
        begin = time.process_time()
        target(data)
        assert time.process_time() - begin < SECONDS_AN_INPUT, "it took too long"

    atheris.Setup([sys.argv[0], *arguments], timed)
    atheris.Fuzz()
    sys.exit(0)


def main() -> int:
    names = [one.__name__ for one in TARGETS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", choices=[*names, []], metavar="TARGET", help=", ".join(names))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, help="a folder for inputs that are wrong or reach new code")
    parser.add_argument("--input", type=Path, help="run one target on this file alone")
    args = parser.parse_args()
    if args.input:
        next(one for one in TARGETS if one.__name__ == args.targets[0])()(args.input.read_bytes())
        return 0
    failed = False
    with tempfile.TemporaryDirectory(prefix="canonry-guided-") as name:
        for target in args.targets or names:
            row = run(target, args.seconds, args.keep or Path(name))
            failed = failed or "wrong" in row
            print(json.dumps(row), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if "--target" in sys.argv:
        fuzz(sys.argv[1], sys.argv[3:])
    sys.exit(main())
