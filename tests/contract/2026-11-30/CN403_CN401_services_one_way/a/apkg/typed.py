from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpkg.edge import Edge  # want: CN401


def show(edge: Edge) -> str:
    return str(edge)
