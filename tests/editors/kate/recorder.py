"""Stands between Kate and the server: passes everything on, and writes down what the server says.

    python recorder.py RECORD COMMAND...

RECORD gets a line of JSON for each message of the server's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO


def main() -> None:
    """Run the command until it ends; its exit code is this process's own."""
    record, *command = sys.argv[1:]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    threading.Thread(target=pass_on, args=(server.stdin,), daemon=True).start()
    with Path(record).open("ab", buffering=0) as lines:
        while (body := message(server.stdout)) is not None:
            sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            sys.stdout.buffer.flush()
            lines.write(body.replace(b"\n", b" ") + b"\n")
    sys.exit(server.wait())


def pass_on(sink: BinaryIO) -> None:
    """What Kate says goes to the server, until Kate closes its end."""
    try:
        while data := os.read(sys.stdin.fileno(), 1 << 16):
            sink.write(data)
            sink.flush()
        sink.close()
    except BrokenPipeError:
        return  # the server has ended, which `main` sees


def message(source: BinaryIO) -> bytes | None:
    """The next message's body; None at the end."""
    length = 0
    while line := source.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return source.read(length) if length else None


if __name__ == "__main__":
    main()
