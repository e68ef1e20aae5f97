"""Stored rows come back as they were, or as damaged."""

from __future__ import annotations

import hypothesis.strategies as st
from canonry.index.packing import SMALL, pack, unpack
from hypothesis import given


@given(st.binary(max_size=40), st.integers(0, 200))
def test_what_is_packed_comes_back(data: bytes, times: int) -> None:
    whole = data * times

    stored = pack(whole)

    assert unpack(stored) == whole
    assert len(stored) <= max(len(whole), SMALL) + 5


@given(st.binary(min_size=1, max_size=40), st.sampled_from([1, SMALL]), st.data())
def test_damage_is_noticed(data: bytes, times: int, draw: st.DataObject) -> None:
    stored = bytearray(pack(data * times))
    at = draw.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= draw.draw(st.integers(1, 255))

    assert unpack(bytes(stored)) in (None, data * times)
    assert unpack(bytes(stored[: len(stored) // 2])) is None


def test_other_types_are_damage() -> None:
    assert unpack(None) is None
    assert unpack("text") is None
