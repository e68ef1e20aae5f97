"""How long requests and checks take, and with what: for the log, and for clients that trace the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

SLOW = 0.5
"""Seconds from which on a request or a check is logged: a tenth is felt, half a second is complained of."""

_SHOWN_RULES = 3
"""So many rules of a check are named, the slowest first; all of them together would hide these."""


@dataclass
class Taken:
    """One request or check: what it is, since when it is under way, and the seconds of its phases."""

    what: str
    since: float = field(default_factory=perf_counter)
    phases: dict[str, float] = field(default_factory=dict)
    rules: Mapping[str, float] = field(default_factory=dict)
    """Seconds by code, of a check."""
    seconds: float = 0.0
    """From `since` to its end, once it has ended."""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Counts what is done meanwhile as a phase."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.phases[name] = self.phases.get(name, 0.0) + perf_counter() - begun

    def waited(self) -> None:
        """Until now it has only waited."""
        self.phases["waited"] = perf_counter() - self.since

    def end(self) -> None:
        """It is over."""
        self.seconds = perf_counter() - self.since

    def summary(self) -> str:
        """`textDocument/hover took 812 ms`."""
        return f"{self.what} took {_shown(self.seconds)} ms"

    def details(self) -> str:
        """`waited 3, worked 790; slowest rules: CN001 400`, all in milliseconds."""
        parts = [", ".join(f"{name} {_shown(seconds)}" for name, seconds in self.phases.items())]
        slowest = sorted(self.rules.items(), key=lambda one: -one[1])[:_SHOWN_RULES]
        if slowest:
            parts.append(
                "slowest rules: " + ", ".join(f"{code} {_shown(seconds)}" for code, seconds in slowest)
            )
        return "; ".join(filter(None, parts))


def _shown(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"


current: ContextVar[Taken | None] = ContextVar("current", default=None)
"""The request that is being answered."""
