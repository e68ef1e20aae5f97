"""Changes that a person, a tool or a broken client may make to a text: (start, end, new) in UTF-16 code units."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from editor import units_of

Change = tuple[int, int, str]
Mutation = Callable[[random.Random, str, Sequence[str]], Change]

WORDS = [
    "def",
    "class",
    "return",
    "async",
    "await",
    "lambda",
    "import",
    "from",
    "with",
    "match",
    "if",
    "else",
    "try",
    "except",
]
SIGNS = [
    *"()[]{}:,.=@#'\"\\;*+-/<>!~%^&|`?$ \t",
    '"""',
    "'''",
    "f'{",
    ":=",
    "->",
    "\n",
    "\r",
    "\r\n",
    "\n    ",
]
ODD = ["\x00", "\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\u200d", "e\u0301", "\x1c"]
HUGE = 200_000
"""Characters of a huge line."""
DEEP = 3000
"""Brackets that are open at once; a compiler refuses far fewer."""


def typed(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    at = _at(rng, units)
    new = rng.choice([rng.choice(WORDS) + " ", rng.choice(SIGNS), rng.choice("abcdefxyz_019")])
    return at, at, new


def deleted(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    start = _at(rng, units)
    return start, min(len(units), start + int(rng.expovariate(1 / 12)) + 1), ""


def pasted(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """A piece of another file, at the beginning of a line."""
    donor = rng.choice(donors)
    start = _line(rng, donor)
    at = _line(rng, units)
    return at, at, donor[start : start + rng.randrange(1, 2500)]


def swapped(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """Two lines change places."""
    starts = sorted({_line(rng, units), _line(rng, units)})
    if len(starts) < 2:
        return typed(rng, units, donors)
    ends = [found if (found := units.find("\n", at) + 1) else len(units) for at in starts]
    first, second = (units[start:end] for start, end in zip(starts, ends, strict=True))
    return starts[0], ends[1], second + units[ends[0] : starts[1]] + first


def cut(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """The text ends at a random byte of its UTF-8 form, as after a write that was broken off."""
    data = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
    kept = units_of(data[: rng.randrange(len(data) + 1)].decode("utf-8", "replace"))
    same = next((at for at, pair in enumerate(zip(kept, units, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(kept), len(units)) if same is None else same
    return same, len(units), kept[same:]


def any_plane(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """Characters of every plane."""
    at = _at(rng, units)
    new = "".join(chr(plane << 16 | rng.randrange(0x10000)) for plane in range(17))
    return at, at, units_of(rng.choice([new, rng.choice(ODD), "".join(rng.sample(ODD, 4))]))


def halves(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """Halves of surrogate pairs, alone, in the wrong order, and cut apart where the text has whole ones."""
    pair = re.compile("[\ud800-\udbff][\udc00-\udfff]").search(units, _at(rng, units))
    if pair is not None and rng.random() < 0.7:
        start = pair.start() + rng.randrange(2)
        return start, rng.choice([start, pair.start() + 1 if start == pair.start() else pair.end()]), "x"
    at = _at(rng, units)
    return at, at, rng.choice(["\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d\n\ude00b", "'\udfff'"])


def huge_line(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    at = _line(rng, units)
    piece = rng.choice(["a", "a ", "x + ", "f(", "'s', ", "漢", "# ", "\\", "a.b"])
    return at, at, (piece * (HUGE // len(piece)))[:HUGE]


def deeply_nested(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    at = _line(rng, units)
    depth = rng.randrange(50, DEEP)
    blocks = "".join("    " * level + f"def f{level}(a):\n" for level in range(min(depth, 120)))
    new = rng.choice(
        [
            "x = " + "(" * depth,
            "x = " + "[" * depth + "]" * depth + "\n",
            "x = " + "f(" * depth + ")" * depth + "\n",
            "x = " + "a." * depth + "b\n",
            "x = " + "a + " * depth + "b\n",
            "x = " + "not " * depth + "b\n",
            "x = " + "lambda: " * depth + "1\n",
            "x = " + "f'{" * min(depth, 200) + "\n",
            "x: " + "list[" * depth + "int" + "]" * depth + "\n",
            "@d\n" * depth + "def g(): ...\n",
            blocks,
            blocks.replace("def", "class").replace("(a)", ""),
            "".join(f"{'' if level == 0 else 'el'}if a:\n    pass\n" for level in range(depth)),
        ]
    )
    return at, at, new


def repeated(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    """A stretch of the text once more, at the end."""
    start = _line(rng, units)
    return len(units), len(units), "\n" + units[start : start + 1500]


def emptied(rng: random.Random, units: str, donors: Sequence[str]) -> Change:
    return 0, len(units), ""


MUTATIONS: Sequence[tuple[float, Mutation]] = (
    (60, typed),
    (12, deleted),
    (10, pasted),
    (5, swapped),
    (2, cut),
    (4, any_plane),
    (4, halves),
    (0.03, huge_line),
    (0.15, deeply_nested),
    (2, repeated),
    (0.3, emptied),
)
"""Each with how often it comes. The dear ones (a check of them takes up to seconds) are rare."""

_WEIGHTS = [weight for weight, _ in MUTATIONS]


def mutate(rng: random.Random, units: str, donors: Sequence[str]) -> tuple[str, Change]:
    """The name of a mutation and what it changes."""
    ((_, chosen),) = rng.choices(MUTATIONS, _WEIGHTS)
    return chosen.__name__, chosen(rng, units, donors)


def _at(rng: random.Random, units: str) -> int:
    return rng.randrange(len(units) + 1)


def _line(rng: random.Random, units: str) -> int:
    """The beginning of a line."""
    return units.rfind("\n", 0, _at(rng, units)) + 1
