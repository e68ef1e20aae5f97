"""The facade: open, update, check, actions, hover, complete, search, audit. Plain data, no protocol."""

from canonry.workspace.check import CheckCancelled
from canonry.workspace.facade import Workspace

__all__ = ["CheckCancelled", "Workspace"]
