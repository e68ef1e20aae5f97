"""How messages reach the server and leave it: framed bytes over stdio or a socket.

One thread reads and hands each message's body on, so a client that writes while the server
writes can never make both wait for each other.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_CHUNK = 1 << 16
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d+)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_HEADER_LIMIT = 1 << 14
"""A header is some 50 bytes; what goes on for longer without an empty line is no protocol."""


class ConnectionLostError(Exception):
    """The client is gone, or sends what is no message."""


@dataclass(frozen=True)
class Channel:
    """Two ends of a connection to a client.

    `read` returns some bytes, none at the end. `write` writes all of its bytes; both raise
    OSError where the connection is broken.
    """

    read: Callable[[int], bytes]
    write: Callable[[bytes], None]
    close: Callable[[], None]


class Writer:
    """The writing end as pygls expects it; whole messages from any thread never interleave."""

    def __init__(self, channel: Channel, on_broken: Callable[[], None]) -> None:
        """`on_broken` is called, in any thread, once the client can no longer be written to."""
        self._channel = channel
        self._on_broken = on_broken
        self._lock = threading.Lock()
        self._open = True

    def write(self, data: bytes) -> None:
        """Write one message; nothing where the connection is closed or broken."""
        with self._lock:
            if not self._open:
                return
            try:
                self._channel.write(data)
                return
            except OSError:
                self._open = False
        self._on_broken()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._open:
                self._open = False
                self._channel.close()


def framed(body: bytes) -> bytes:
    """A message with its header, ready to be written."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def frames(channel: Channel) -> Iterator[bytes]:
    """The bodies of the messages that arrive, until the connection ends.

    Raises ConnectionLostError where what arrives is no message, or ends in the middle of one.
    """
    buffer = bytearray()
    while True:
        while (end := buffer.find(b"\r\n\r\n")) < 0:
            if len(buffer) > _HEADER_LIMIT:
                raise ConnectionLostError("the client sends no message header")
            if not _fill(channel, buffer):
                if buffer.strip():
                    raise ConnectionLostError("the connection ended within a message header")
                return
        found = _LENGTH.search(bytes(buffer[:end]).replace(b"\r\n", b"\n"))
        if found is None:
            raise ConnectionLostError("a message header without Content-Length")
        del buffer[: end + 4]
        length = int(found.group(1))
        while len(buffer) < length:
            if not _fill(channel, buffer):
                raise ConnectionLostError("the connection ended within a message")
        yield bytes(buffer[:length])
        del buffer[:length]


def _fill(channel: Channel, buffer: bytearray) -> bool:
    data = channel.read(_CHUNK)
    buffer += data
    return bool(data)


def stdio_channel() -> Channel:
    """The process's standard input and output, taken away from everything else in it.

    Afterwards descriptor 0 reads nothing and descriptor 1 is standard error, so neither a print
    nor a child process can reach the protocol's own, private descriptors.
    """
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # started without a standard error
        os.dup2(null, 1)
        os.dup2(null, 2)
    os.close(null)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    else:
        os.set_blocking(source, True)
        os.set_blocking(sink, True)

    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(sink, view) :]

    return Channel(read=lambda size: os.read(source, size), write=write, close=lambda: os.close(sink))


def accept_channel(listener: socket.socket) -> Channel:
    """Wait for one client to connect to `listener`, which is closed then."""
    connection, _ = listener.accept()
    listener.close()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close() -> None:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the client closed it first
        finally:
            connection.close()

    return Channel(read=connection.recv, write=connection.sendall, close=close)
