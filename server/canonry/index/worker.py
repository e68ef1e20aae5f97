"""A worker process: reads files and answers with their facts, or builds a segment file.

It is a plain program that speaks length-prefixed MessagePack over its standard input and output, so
that it ends by itself soon after its parent, however the parent went. It never runs or
imports what it reads.
"""

from __future__ import annotations

import contextlib
import gc
import os
import struct
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from canonry.index.columns import columns_of, encode_columns
from canonry.index.extraction import Extractor, extract_rows, load_extractors
from canonry.index.generated import is_generated
from canonry.index.packing import pack
from canonry.index.store import Store, content_digest
from canonry.syntax import UnreadableSource, parse_tree, read_source
from canonry.syntax.facts import encode_facts

POLITENESS = 10
"""The `nice` of a worker, the default of the command of that name: beside a busy program it gets a tenth of a
processor, so that an editor does not notice it, and an index is still built beside a long compilation.
"""
COMPILES = "--compiles"
"""The argument of a worker that is to build a segment: it brings in what that needs before it is asked."""
AUTOGROUP = Path("/proc/self/autogroup")
LOOKS = 1.0
"""Seconds between two looks at whether the parent is there."""


class FileTask(msgspec.Struct, array_like=True):
    """One file to read. `known` is the digest that the index has, empty for none."""

    path: str
    absolute: str
    module: str
    is_package: bool
    test_module: bool
    known: bytes = b""


class FileAnswer(msgspec.Struct, array_like=True):
    """What became of it: facts, or `problem`; neither where the content is the known one."""

    path: str
    size: int = 0
    mtime_ns: int = 0
    digest: bytes = b""
    facts: bytes = b""
    problem: str = ""
    definitions: int = 0
    rows: dict[str, bytes] = {}
    """What extractors found, by their names."""
    columns: bytes = b""
    """What a segment needs, encoded; where it was asked for."""


class Request(msgspec.Struct, array_like=True):
    """Files to read, or a folder whose rows are to be compiled into a segment file."""

    files: list[FileTask] = []
    compile_folder: str = ""
    max_size: int = 0
    extractors: list[str] = []
    """Places of the extractors to run on each file."""
    columns: bool = False
    """Whether the columns of each file are wanted."""
    known: dict[str, tuple[bytes, bytes]] = {}
    """Digests and columns of files to compile."""
    others: list[str] = []
    """Files to compile that are read from the folder."""


class Answer(msgspec.Struct, array_like=True):
    """The answers to one request."""

    files: list[FileAnswer] = []
    problem: str = ""


def read_file(
    task: FileTask,
    max_size: int,
    extractors: Sequence[Extractor[msgspec.Struct]] = (),
    columns: bool = False,
) -> FileAnswer:
    """Reads one file and gives its facts and rows; every failure is a `problem` in the user's words."""
    answer = FileAnswer(task.path)
    try:
        # A Path of each of thousands of files would take longer than opening it.
        with open(task.absolute, "rb", buffering=0) as file:  # noqa: PTH123
            facts = os.fstat(file.fileno())
            answer.size, answer.mtime_ns = facts.st_size, facts.st_mtime_ns
            if max_size and facts.st_size > max_size:
                answer.problem = f"larger than {max_size:,} bytes (max-file-size)"
                return answer
            data = file.read()
    except OSError as error:
        answer.problem = f"cannot be read: {error.strerror or error}"
        return answer
    answer.digest = content_digest(data)
    if answer.digest == task.known:
        return answer
    if is_generated(data[:2000]):
        answer.problem = "generated code"
        return answer
    try:
        text = read_source(data)
    except UnreadableSource as error:
        answer.problem = str(error)
        return answer
    found = parse_tree(text, task.module, task.is_package, task.test_module)
    answer.facts = pack(encode_facts(found.facts))
    answer.definitions = len(found.facts.definitions)
    answer.rows = extract_rows(extractors, found)
    if columns:
        answer.columns = encode_columns(columns_of(found.facts))
    return answer


def compile_folder(folder: Path, known: Mapping[str, tuple[bytes, bytes]], others: Sequence[str]) -> None:
    """Builds a segment file in an index folder. Raises OSError where it cannot be written.

    It is of files of which digests and columns are known, and of others that the folder's store has.
    """
    from canonry.index.compiled import compile_files, write_compiled

    if not others:
        write_compiled(folder, compile_files(known, ()))
        return
    store = Store(folder)
    try:
        write_compiled(folder, compile_files(known, store.facts_of(others)))
    finally:
        store.close()


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers requests until the input ends."""
    decoder = msgspec.msgpack.Decoder(Request)
    encoder = msgspec.msgpack.Encoder()
    aside = False
    while True:
        message = read_message(source)
        if message is None:
            return
        aside = aside or step_back_as_session()
        request = decoder.decode(message)
        answer = Answer()
        if request.compile_folder:
            try:
                compile_folder(Path(request.compile_folder), request.known, request.others)
            except OSError as error:
                answer.problem = f"the index cannot be written: {error}"
        extractors = [*load_extractors(request.extractors).values()]
        answer.files = [
            read_file(task, request.max_size, extractors, request.columns) for task in request.files
        ]
        write_message(sink, encoder.encode(answer))


def read_message(source: BinaryIO) -> bytes | None:
    """The next message; None at the end of the stream."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack("<I", head)
    body = source.read(length)
    return body if len(body) == length else None


def write_message(sink: BinaryIO, body: bytes) -> None:
    """Writes one message and flushes it."""
    sink.write(struct.pack("<I", len(body)) + body)
    sink.flush()


def end_with_parent() -> None:
    """Has the process end soon after its parent, whatever it is at then.

    The end of its input says so too, but it is read after the work at hand: that of a segment takes seconds,
    and many of them behind programs that take all processors.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def step_back() -> None:
    """Has the process come after the editor and the server, on processors that are all in use."""
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    if AUTOGROUP.exists():
        with contextlib.suppress(PermissionError):  # it leads a group of processes
            os.setsid()


def step_back_as_session() -> bool:
    """Has the process's own session come after others; False where it should be tried again later.

    Where Linux groups processes by session (its `autogroup`, on in most distributions), `nice` counts only
    within one; many editors start servers in sessions of their own.
    """
    if not AUTOGROUP.exists() or os.getsid(0) != os.getpid():
        return True
    try:
        AUTOGROUP.write_text(str(POLITENESS), "ascii")
    except BlockingIOError:
        return False  # the kernel takes one such change in a tenth of a second, from all users together
    except OSError:
        return True  # no right to change it, as in some containers: `nice` is what there is
    return True


def main() -> None:
    """The program: protocol on the original standard output, prints of anything else to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # What is read holds no reference cycles; looking for them took a sixth of the time.
    gc.disable()
    end_with_parent()
    step_back()
    if COMPILES in sys.argv:
        import canonry.index.compiled  # noqa: F401
    try:
        serve(sys.stdin.buffer, sink)
    except (BrokenPipeError, KeyboardInterrupt):
        # The parent is gone or is ending; there is nobody to tell.
        os._exit(0)


if __name__ == "__main__":
    main()
