"""Names that come in pairs: what is acquired by one is given back by the other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_GIVES_BACK: Final = frozenset(("release", "free", "return", "giveback", "putback"))
_PAIRS: Final = {
    "acquire": _GIVES_BACK | {"unlock"},
    "lock": frozenset(("unlock", "release")),
    "obtain": _GIVES_BACK,
    "grab": _GIVES_BACK,
    "borrow": _GIVES_BACK,
    "checkout": _GIVES_BACK | {"checkin"},
    "reserve": _GIVES_BACK | {"unreserve"},
    "lease": _GIVES_BACK | {"unlease"},
    "claim": _GIVES_BACK | {"unclaim"},
    "allocate": _GIVES_BACK | {"deallocate"},
    "take": _GIVES_BACK | {"give", "put"},
    "get": _GIVES_BACK | {"put"},
    "getconn": frozenset(("putconn",)),
    "open": frozenset(("close",)),
    "start": frozenset(("stop",)),
}
_NEED_AN_OBJECT: Final = frozenset(("get", "take", "open", "allocate", "reserve", "claim"))
"""Too common to say anything alone: `get_connection`, but not `get`."""
_HELD: Final = frozenset(("connection", "channel", "slot", "lease", "permit"))
"""What `get_...` and `open_...` must be about; `get_lock` gives a lock that nobody holds yet."""
_PARTICLES: Final = frozenset(("try", "async", "nowait", "sync", "blocking", "aio", "safe", "safely"))
_OTHER_TIMES: Final = frozenset(("on", "before", "after", "pre", "post", "should", "can", "is"))
"""`on_start` is told of a start, it starts nothing."""
_SAME: Final = {"conn": "connection", "aacquire": "acquire", "arelease": "release", "conns": "connections"}
_TWO_WORDS: Final = re.compile(r"(check|give|put)_(out|in|back)(?=_|$)")
_CLOSERS: Final = frozenset().union(*_PAIRS.values())


class Verb(NamedTuple):
    """A function's name as a verb with what it is done to: `_acquire_slot` is (`acquire`, `slot`)."""

    verb: str
    object: str


@lru_cache(maxsize=10_000)
def opening(name: str) -> Verb | None:
    """What a function so called acquires; None where its name does not say so."""
    found = _parsed(name, frozenset(_PAIRS))
    if found is None or (found.verb in _NEED_AN_OBJECT and not found.object):
        return None
    if found.verb in ("get", "open") and found.object.rpartition("_")[2] not in _HELD:
        return None
    return None if "session" in found.object else found


@lru_cache(maxsize=10_000)
def closing(name: str) -> Verb | None:
    """What a function so called gives back; None where its name does not say so."""
    return _parsed(name, _CLOSERS)


def are_pair(opened: Verb, closed: Verb) -> bool:
    """Whether one verb undoes the other, and speaks of the same."""
    return closed.verb in _PAIRS[opened.verb] and opened.object == closed.object


def undoes(opened: Verb, closed: Verb) -> bool:
    """Whether one verb undoes the other, whatever they speak of."""
    return closed.verb in _PAIRS[opened.verb]


def _parsed(name: str, verbs: frozenset[str]) -> Verb | None:
    if name.lstrip("_")[:1].isupper():
        return None  # a class: `Lock()` makes one
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip("_")).lower()
    snake = _TWO_WORDS.sub(r"\1\2", snake)
    words = [_SAME.get(one, one) for one in snake.split("_") if one and one not in _PARTICLES]
    if words and words[0] in _OTHER_TIMES:
        return None
    if words and words[0] in verbs:
        return Verb(words[0], "_".join(words[1:]))
    if len(words) > 1 and words[-1] in verbs:
        return Verb(words[-1], "_".join(words[:-1]))
    return None
