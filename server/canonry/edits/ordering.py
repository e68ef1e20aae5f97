"""The orders in which isort and ruff keep imports and their members."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Digits by their value, letters without case."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", text) if part
    )


def line_key(is_from: bool, level: int, module: str, member: str) -> tuple[object, ...]:
    """The order of lines that has `import x` before all of `from x import y`."""
    return is_from, *_module_key(level, module), *typed_key(member)


def forced_key(is_from: bool, level: int, module: str, member: str) -> tuple[object, ...]:
    """The order of lines by their modules alone: isort's `force_sort_within_sections`."""
    return *_module_key(level, module), is_from, *typed_key(member)


def _module_key(level: int, module: str) -> tuple[object, ...]:
    return (-level if level else -1000), tuple(natural(part) for part in module.lower().split("."))


def typed_key(name: str) -> tuple[object, ...]:
    """Constants, classes, the rest: isort's `order_by_type`."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, natural(name)


MEMBER_KEYS: tuple[Callable[[str], object], ...] = (typed_key, natural, str)


def sorted_place(members: Sequence[str], name: str, keys: Sequence[Callable[[str], object]]) -> int:
    """Where a name keeps the order of the others, by the first order that they have; else at the end."""
    for key in keys:
        have = [key(one) for one in members]
        if have == sorted(have):  # type: ignore[type-var]
            mine = key(name)
            return sum(one <= mine for one in have)  # type: ignore[operator]
    return len(members)
