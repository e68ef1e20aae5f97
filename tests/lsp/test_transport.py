"""Messages as bytes: framing, and what a client may do wrong."""

import os

import pytest
from canonry.lsp.transport import Channel, ConnectionLostError, Writer, frames
from hypothesis import given
from hypothesis import strategies as st


def channel_of(chunks: list[bytes]) -> Channel:
    left = list(chunks)
    return Channel(
        read=lambda size: left.pop(0) if left else b"", write=lambda data: None, close=lambda: None
    )


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    chunks = []
    for size in sizes:
        chunks.append(data[:size])
        data = data[size:]
    return [chunk for chunk in (*chunks, data) if chunk]


@given(st.lists(st.binary(max_size=60), max_size=5), st.lists(st.integers(1, 40)), st.booleans())
def test_messages_arrive_whole_however_they_are_cut(bodies, sizes, typed):
    extra = b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" if typed else b""
    data = b"".join(extra + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies)

    assert list(frames(channel_of(cut(data, sizes)))) == bodies


def test_the_header_is_read_as_generously_as_others_write_it():
    data = b"content-length : 2 \r\nX: y\r\n\r\nhi"

    assert list(frames(channel_of([data]))) == [b"hi"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Content-Length: 10\r\n\r\nabc", "within a message"),
        (b"Content-Le", "within a message header"),
        (b"X: 1\r\n\r\n{}", "without Content-Length"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "without Content-Length"),
        (b"x" * 20_000, "no message header"),
    ],
)
def test_what_is_no_message_ends_the_connection(data, why):
    with pytest.raises(ConnectionLostError, match=why):
        list(frames(channel_of([data])))


def test_a_vanished_client_is_told_once_and_raises_nothing():
    told: list[str] = []
    source, sink = os.pipe()
    os.close(source)
    writer = Writer(
        Channel(lambda size: b"", lambda data: void(os.write(sink, data)), lambda: os.close(sink)),
        lambda: told.append("gone"),
    )

    writer.write(b"one")
    writer.write(b"two")
    writer.close()

    assert told == ["gone"]
    os.close(sink)


def test_nothing_is_written_after_the_end():
    written: list[bytes] = []
    closed: list[bool] = []
    writer = Writer(Channel(lambda size: b"", written.append, lambda: closed.append(True)), lambda: None)

    writer.write(b"one")
    writer.close()
    writer.close()
    writer.write(b"two")

    assert (written, closed) == ([b"one"], [True])


def void(_: object) -> None:
    """For a callable whose result does not matter."""
