"""Classes with a role in their name, and what their family is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from canonry.index.extraction import Extractor
from canonry.syntax.tree import ModuleTree
from canonry.syntax.words import fold, split_identifier

ROLES: Final[dict[str, str]] = {
    role: group.split()[0]
    for group in (
        "manager mgr supervisor coordinator",
        "client connector",
        "repository repo dao store storage",
        "factory builder maker",
        "loader reader",
        "validator checker",
        "registry catalog",
        "cache",
        "scheduler",
        "dispatcher router",
        "engine",
        "executor runner",
        "processor",
        "service",
        "provider",
        "notifier",
        "publisher emitter",
        "session",
        "pool",
        "logger",
        "monitor",
        "tracker",
        "parser",
        "serializer",
        "formatter",
        "gateway",
        "bridge",
        "orchestrator",
        "controller",
        "handler",
    )
    for role in group.split()
}
"""Last words of class names that say what a class is for; those of one line are one role."""
MODIFIERS: Final = frozenset(
    (
        *(
            "unified",
            "new",
            "enhanced",
            "improved",
            "advanced",
            "simple",
            "better",
            "extended",
            "custom",
            "my",
        ),
        *(
            "default",
            "generic",
            "core",
            "modern",
            "smart",
            "legacy",
            "old",
            "real",
            "optimized",
            "refactored",
        ),
        *("next", "fast", "robust", "safe", "super", "ultimate", "main", "central", "centralized", "global"),
        *("common", "shared", "base", "abstract", "v", "impl", "standard", "consolidated", "integrated"),
    )
)
"""Words of a name that say which of several it is, not what it does."""
PLACES: Final = frozenset(("shared", "common", "global", "central", "main", "core"))
"""Those of them that are a word of the domain unless they begin a name: a `RecipeSharedController` is for
shared recipes. So is *base* in the middle: a `MarkBasePosBuilder` attaches marks to bases.
"""
_DOER: Final = re.compile(r"[a-z]{3,}(?:[^aeiou]er|[^aeo]or)")
_NO_DOERS: Final = frozenset(
    (
        *(
            "actor",
            "anchor",
            "answer",
            "author",
            "banner",
            "barrier",
            "border",
            "buffer",
            "center",
            "chapter",
        ),
        *("character", "cluster", "color", "computer", "container", "counter", "cover", "cursor", "customer"),
        *("divider", "docker", "door", "drawer", "error", "factor", "filter", "finger", "flavor", "floor"),
        *("folder", "footer", "header", "integer", "layer", "ledger", "letter", "member", "meter", "mirror"),
        *("monster", "motor", "number", "offer", "order", "other", "owner", "paper", "parameter", "partner"),
        *("passenger", "pointer", "poster", "prior", "proper", "quarter", "radiator", "register", "sensor"),
        *("server", "shutter", "slider", "speaker", "spinner", "spacer", "sponsor", "supplier", "tensor"),
        *("ticker", "timer", "tower", "transfer", "trigger", "user", "vector", "vendor", "water", "weather"),
        *("winner",),
    )
)
"""Words that end so and are things or people; there are many of each."""
VAGUE: Final = frozenset(("connection", "conn", "data", "object", "instance", "info", "utility", "helper"))
"""Words that add nothing beside another word for the domain: a database manager manages connections."""


class ClassRole(msgspec.Struct, frozen=True, array_like=True):
    """A class at module level whose name ends in a role."""

    family: str
    """Domain words, folded and sorted, and the role; equal for classes of one family."""
    name: str
    dotted: str
    plain: bool
    """Whether the name has nothing beside the domain and the role."""
    bases: tuple[str, ...]
    """Dotted where they could be resolved, else as written."""
    methods: tuple[str, ...]
    """Names of the public methods."""
    line: int
    column: int


@lru_cache(maxsize=20_000)
def family_of(name: str) -> tuple[str, bool] | None:
    """The family of a class name, and whether the name is the plain one of it; None for no role or domain.

    `UnifiedDBConnectionManager` and `DatabaseManager` are of one family, the latter is the plain name.
    """
    words = [word for word in split_identifier(name) if not word.isdigit()]
    size = len(words)
    while words and words[-1] in MODIFIERS:
        words.pop()
    role = role_of_word(words[-1]) if len(words) > 1 else ""
    if not role:
        return None
    last = len(words) - 2
    domain = [
        one
        for at, one in enumerate(words[:-1])
        if one not in MODIFIERS or (at and one in PLACES) or (one == "base" and 0 < at < last)
    ]
    # A group of instances is no group: what is only vague beside the role is precise before another word.
    precise = [
        word
        for at, word in enumerate(domain)
        if word not in VAGUE or (word == "instance" and at + 1 < len(domain))
    ]
    named = precise or domain
    if not named:
        return None
    plain = len(named) == size - 1
    return " ".join([*sorted(_folded(named)), role]), plain


def _folded(words: Sequence[str]) -> list[str]:
    """Words under one name for each meaning, each as often as there are words of its own for it.

    A list's item is no list, though the two mean the same in other names.
    """
    return [fold(word) for word in dict.fromkeys(words)]


def role_of_word(word: str) -> str:
    """The role that the last word of a class name says: a known one, or who does something; "" for none."""
    known = ROLES.get(word)
    if known is not None:
        return known
    return word if _DOER.fullmatch(word) and word not in _NO_DOERS else ""


def methods_in_common(one: ClassRole, other: ClassRole) -> list[str]:
    """Names of the methods that both have under the same words, as the first one spells them.

    What answers a request of HTTP (`GET`, `PUT`) has its name from there, whatever it is for.
    """
    theirs = {_meaning(name) for name in other.methods}
    return [name for name in one.methods if _meaning(name) in theirs and not name.isupper()]


def _meaning(name: str) -> str:
    return " ".join(fold(word) for word in split_identifier(name))


def _roles(tree: ModuleTree) -> Iterator[ClassRole]:
    for statement in tree.statements:
        node = (
            statement.child_by_field_name("definition")
            if statement.type == "decorated_definition"
            else statement
        )
        if node is None or node.type != "class_definition":
            continue
        name_node = node.child_by_field_name("name")
        name = tree.text(name_node) if name_node is not None else ""
        family = family_of(name)
        body = node.child_by_field_name("body")
        if name_node is None or family is None or body is None:
            continue
        held = node.child_by_field_name("superclasses")
        written = [
            one.child_by_field_name("value") if one.type == "subscript" else one  # `Base[T]`
            for one in (held.named_children if held else ())
        ]
        bases = [one for one in written if one is not None and one.type in ("identifier", "attribute")]
        methods = []
        for one in body.named_children:
            inner = one.child_by_field_name("definition") if one.type == "decorated_definition" else one
            called = inner.child_by_field_name("name") if inner is not None else None
            if inner is not None and inner.type == "function_definition" and called is not None:
                text = tree.text(called)
                if not text.startswith("_"):
                    methods.append(text)
        place = tree.range(name_node).start
        yield ClassRole(
            family[0],
            name,
            tree.lookup(name, tree.scopes.module) or name,
            family[1],
            tuple(tree.resolve(one) or tree.text(one) for one in bases),
            tuple(sorted(set(methods))),
            place.line,
            place.column,
        )


CLASS_ROLES = Extractor("class-roles", 6, ClassRole, _roles, key=lambda row: (row.family,))
