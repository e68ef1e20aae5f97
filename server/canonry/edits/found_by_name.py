"""Whether something finds a definition by its name that no import and no call tells of."""

from __future__ import annotations

import re

from canonry.edits.definitions import Definition
from canonry.edits.names import ScopeKind
from canonry.edits.naming import Place
from canonry.edits.tree import dotted

_AROUND_TESTS = re.compile(r"(?:set_?up|tear_?down)(?:_?module|_?function|_?class|_?method)?")
"""What runners call before and after tests, in lower case."""


def is_offered(place: Place) -> bool:
    """Whether code that nobody sees may import it: a public name of an `__init__` file."""
    is_public = place.scope.kind is ScopeKind.MODULE and not place.name.startswith("_")
    return is_public and place.file.is_package


def is_fixture(definition: Definition) -> bool:
    """Whether parameters of its name ask for it."""
    return any("fixture" in one for one in definition.decorators)


def is_test(definition: Definition) -> bool:
    """Whether a test runner finds a definition of a test module: none that is but a helper there."""
    name = definition.name.lower()
    bases = getattr(definition.node, "bases", ())
    return (
        name.startswith("test")
        or _AROUND_TESTS.fullmatch(name) is not None
        or is_fixture(definition)
        or any("TestCase" in dotted(one.value) for one in bases)
    )
