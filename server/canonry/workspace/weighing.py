"""What the actions of a menu that someone has opened would do, found out before one is chosen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from canonry.model import Action, ActionKind, Applicability, Fix, Refusal

_log = logging.getLogger(__name__)

MOST_READ = 100_000
"""Bytes of the files that have to be parsed for a menu, all together: about a third of a second."""

_OF_CODE = (ActionKind.INHERIT, ActionKind.USE_EXISTING, ActionKind.DELEGATE, ActionKind.EXTEND)
"""Actions that may be refused, or change what the code does, for reasons that the headers do not tell."""

_SHOWING = (ActionKind.OPEN_EXISTING, ActionKind.COMPARE)
"""Actions that change nothing."""

_MOST_WORDS = 80
"""Characters of a caution that a title takes."""


@dataclass(frozen=True, slots=True)
class WeighedAction:
    """An action as a menu shows it, with its change where that is known."""

    given: Action
    action: Action
    fix: Fix | None = None


def weigh(
    actions: Sequence[Action],
    resolve: Callable[[Action], Fix | Refusal],
    reads: Callable[[Action], Collection[Path]],
    every: bool,
) -> list[WeighedAction]:
    """The actions with what is known of their changes, safe ones before unsafe ones before refused ones.

    What is refused is disabled with the reason; what is unsafe says in its title what may change. Actions
    that would have to parse more than a menu may take (`reads` names their files) are left as they are.
    `every` computes all changes, whatever that takes. An action whose change fails is logged and left out.
    """
    found: list[WeighedAction] = []
    parsed: dict[Path, int] = {}
    for action in actions:
        if action.disabled or action.kind in _SHOWING or not (every or action.kind in _OF_CODE):
            found.append(WeighedAction(action, action))
            continue
        if not every:
            wanted = {path: _size(path) for path in reads(action)} | parsed
            if sum(wanted.values()) > MOST_READ:
                found.append(WeighedAction(action, action))
                continue
            parsed = wanted
        try:
            outcome = resolve(action)
        except Exception:
            _log.exception("%r cannot be offered", action.title)
            continue
        found.append(_weighed(action, outcome))
    return _in_order(found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # an open document that was never saved


def _weighed(action: Action, outcome: Fix | Refusal) -> WeighedAction:
    if isinstance(outcome, Refusal):
        return WeighedAction(action, replace(action, disabled=outcome.reason, preferred=False))
    if outcome.applicability is Applicability.SAFE:
        return WeighedAction(action, action, outcome)
    words = outcome.caution
    if len(words) > _MOST_WORDS:
        words = words[: _MOST_WORDS - 3].rstrip() + "..."
    title = f"{action.title} (unsafe: {words})" if words else action.title
    shown = replace(action, title=title, applicability=Applicability.UNSAFE, preferred=False)
    return WeighedAction(action, shown, outcome)


def _in_order(found: list[WeighedAction]) -> list[WeighedAction]:
    """The actions on code first, the surest of them before the others; the rest as it was.

    Where what was preferred is not safe, the first safe action with the same existing definition is.
    """
    of_code = [one for one in found if one.action.kind in _OF_CODE]
    rest = [one for one in found if one.action.kind not in _OF_CODE]
    best = of_code[0].action.target if of_code else ""
    of_code.sort(key=lambda one: (bool(one.action.disabled), one.action.applicability))
    if of_code and not any(one.action.preferred for one in of_code):
        first = of_code[0]
        if _is_safe(first) and first.action.target == best:
            of_code[0] = replace(first, action=replace(first.action, preferred=True))
    return [*of_code, *rest]


def _is_safe(one: WeighedAction) -> bool:
    return one.fix is not None and one.fix.applicability is Applicability.SAFE
