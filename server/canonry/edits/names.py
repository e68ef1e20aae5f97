"""Which binding a name means, by Python's own rules of scope.

libcst's ScopeProvider orders the bindings and uses of a scope by their place in the text, so that a local
that is read in a loop before it is written counts as the global of that name; and it binds the targets of
`match` and of `:=` in comprehensions otherwise than Python does. Renaming needs the exact rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import libcst as cst


class ScopeKind(Enum):
    """What a scope belongs to."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"
    TYPES = "type parameters"


class Bound(Enum):
    """How a name comes to mean something."""

    IMPORT = "import"
    FUNCTION = "function"
    CLASS = "class"
    PARAMETER = "parameter"
    ASSIGNMENT = "assignment"
    DELETION = "deletion"


@dataclass(eq=False, slots=True)
class Binding:
    """A place that gives a name a meaning. `node` is the name's own node, or its ImportAlias."""

    name: str
    node: cst.CSTNode
    how: Bound
    scope: Scope
    owner: cst.CSTNode
    """The definition, import or other construct that binds it."""


@dataclass(eq=False, slots=True)
class Use:
    """A place that reads a name. `node` is the Name, or the string that quotes an annotation."""

    name: str
    node: cst.CSTNode
    scope: Scope
    quoted: bool = False


@dataclass(eq=False, slots=True)
class Scope:
    """A stretch of code with names of its own."""

    kind: ScopeKind
    node: cst.CSTNode
    parent: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)


class Names:
    """All scopes of a module, what they bind and where it is read; `binding.names_of` reads them."""

    def __init__(self, module: cst.Module) -> None:
        self.module = Scope(ScopeKind.MODULE, module)
        self.scopes = [self.module]
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self.uses: dict[str, list[Use]] = defaultdict(list)
        self.calls_by_name: list[cst.Call] = []
        """Calls of `globals`, `eval` and the like, which reach names by strings."""
        self.star_imports: list[cst.ImportFrom] = []

    def resolve(self, scope: Scope, name: str) -> Scope | None:
        """The scope that a name read in `scope` belongs to; None for a builtin, or a name nobody binds.

        A name that a class body binds and reads may, before it is bound, mean an outer one: the class is
        the answer.
        """
        at: Scope | None = scope
        below: Scope | None = None
        while at is not None:
            if name in at.global_names:
                break
            if (
                name in at.bindings
                and name not in at.nonlocal_names
                and (
                    at.kind is not ScopeKind.CLASS
                    or at is scope
                    or (below is not None and below.kind is ScopeKind.TYPES)
                )
            ):
                return at
            below, at = at, at.parent
        return self.module if name in self.module.bindings else None

    def uses_of(self, scope: Scope, name: str) -> Iterator[Use]:
        """Where the name that `scope` binds is read; also where a class body may read it."""
        for use in self.uses.get(name, ()):
            if self.resolve(use.scope, name) is scope or self.is_ambiguous(use, scope):
                yield use

    def is_ambiguous(self, use: Use, scope: Scope) -> bool:
        """Whether a class body both binds and reads the name, so that it may mean that of `scope`."""
        return (
            use.scope.kind is ScopeKind.CLASS
            and use.name in use.scope.bindings
            and use.scope.parent is not None
            and self.resolve(use.scope.parent, use.name) is scope
        )

    def unresolved(self) -> dict[str, list[Use]]:
        """The names that nothing in the module binds, with their uses: builtins, star imports, mistakes."""
        found: dict[str, list[Use]] = {}
        for name, uses in self.uses.items():
            free = [use for use in uses if self.resolve(use.scope, name) is None]
            if free:
                found[name] = free
        return found

    def enclosing(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around a node, innermost first."""
        while (outer := self.parents.get(node)) is not None:
            yield outer
            node = outer
