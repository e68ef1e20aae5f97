"""Whether a new import would make modules import each other in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

MAX_MODULES = 20_000
"""Modules looked at before the search ends; more than the largest workspaces have."""


def import_path(
    start: str, goal: str, imports_of: Callable[[str], frozenset[str]], limit: int = MAX_MODULES
) -> tuple[str, ...] | None:
    """The shortest way from `start` to `goal` along imports that run at import time; None where none is.

    The packages around an imported module are imported with it; those around `goal` are not counted so,
    for they are being imported already whenever `goal` is. An import of such a package by name counts.
    """
    if not goal:
        return None
    came_from: dict[str, str] = {start: ""}
    todo = deque([start])
    under_way = {goal, *_packages(goal)}
    while todo and len(came_from) < limit:
        module = todo.popleft()
        if module == goal:
            return tuple(reversed(list(_back(module, came_from))))
        following = set(imports_of(module))
        for one in (module, *following):
            following.update(
                package for package in _packages(one) if package not in under_way and one != goal
            )
        for one in sorted(following - came_from.keys()):
            came_from[one] = module
            todo.append(one)
    return None


def _packages(module: str) -> Iterator[str]:
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def _back(module: str, came_from: dict[str, str]) -> Iterator[str]:
    while module:
        yield module
        module = came_from[module]
