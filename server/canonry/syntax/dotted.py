"""Dotted names and paths, part by part."""

from __future__ import annotations

from collections.abc import Sequence


def common_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two rows share from their start: the parts of dotted names, the folders of paths."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
