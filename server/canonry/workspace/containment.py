"""Changes stay in the workspace, whatever made them."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from canonry.model import Fix, Refusal

M = TypeVar("M", bound=Fix | Refusal | None)


def kept_inside(made: M, root: Path) -> M | Refusal:
    """A change as it is; a refusal where a file of it is not below `root`, links followed.

    A workspace may hold a link to a file anywhere: it is read like the others, but who agrees to a change of
    the workspace has not agreed to one of that file.
    """
    if isinstance(made, Fix):
        for file in made.files:
            if not file.path.resolve().is_relative_to(root):
                return Refusal(f"{file.path} leads out of the workspace, so it is not changed")
    return made
