"""What the walk collects of one definition before it is closed."""

from __future__ import annotations

from dataclasses import dataclass, field

from canonry.model import Parameter, SymbolKind


@dataclass(slots=True)
class Frame:
    """A definition that is open during the walk, or (with no kind) a module's top level."""

    depth: int = -1
    kind: SymbolKind | None = None
    name: str = ""
    local_name: str = ""
    index: int = -1
    parent: int = -1
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    name_at: tuple[int, int] = (0, 0)
    body_line: int = 0
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    decorators: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    traits: int = 0
    docstring: str = ""
    comment_above: bytes = b""
    names: list[bytes] = field(default_factory=list)
    """Plain names that are read or bound, in order."""
    dotted: list[bytes] = field(default_factory=list)
    """Chains of names (`os.path.join`), in order."""
    attributes: list[bytes] = field(default_factory=list)
    """Last names of chains whose beginning is no name (`f(x).strip`)."""
    calls: list[bytes] = field(default_factory=list)
    """Called names and chains."""
    literals: list[bytes] = field(default_factory=list)
    """Strings with their quotes, parts of f-strings, numbers."""
    comments: list[bytes] = field(default_factory=list)
    raises: list[bytes] = field(default_factory=list)
    """What is raised or caught, as written."""
    operations: set[str] = field(default_factory=set)
    annotations: list[bytes] = field(default_factory=list)
    """Annotations inside the body."""
    members: list[str] = field(default_factory=list)
    member_calls: set[bytes] = field(default_factory=set)
    member_skeletons: bytearray = field(default_factory=bytearray)
    """Of a class's methods, one after the other."""
    local_imports: dict[str, str] = field(default_factory=dict)
    skeleton: bytearray = field(default_factory=bytearray)
    statements: list[int] = field(default_factory=list)
    """Where in the skeleton each statement begins."""
    empty_statements: int = 0
    """Of these, `pass` and `...`."""

    @property
    def is_function(self) -> bool:
        """Whether it is a function or method."""
        return self.kind is SymbolKind.FUNCTION or self.kind is SymbolKind.METHOD

    def take(self, nested: Frame) -> None:
        """Counts what a nested definition holds as the enclosing function's own."""
        self.names.extend(nested.names)
        self.dotted.extend(nested.dotted)
        self.attributes.extend(nested.attributes)
        self.calls.extend(nested.calls)
        self.literals.extend(nested.literals)
        self.raises.extend(nested.raises)
        self.operations.update(nested.operations)
        offset = len(self.skeleton)
        self.statements.extend(offset + at for at in nested.statements)
        self.skeleton.extend(nested.skeleton)
