"""What is known of a module after reading it: plain data that is stored and sent between processes."""

from __future__ import annotations

import msgspec

from canonry.model import Parameter, Position, Range, Signature, SymbolKind, Trait

SCHEMA_VERSION = 7
"""Part of the index's key. Raise it with any change to what is extracted or how it is encoded: fields of
these classes, feature kinds and hashes, word splitting, stemming and synonyms, skeleton codes, traits.
"""


class Import(msgspec.Struct, frozen=True, array_like=True):
    """One bound name: `from module import name as alias`, or `import module as alias` with an empty name.

    `import a.b as a` is as `from a import b as a`, which is what it binds.
    """

    module: str
    """Absolute dotted name, relative ones resolved where the file's own module is known."""
    name: str
    alias: str
    """The name that is bound here; `*` for a star import."""
    line: int
    local: bool = False
    """Inside a function."""
    type_checking: bool = False

    @property
    def target(self) -> str:
        """The absolute dotted name of what is imported."""
        return f"{self.module}.{self.name}" if self.name and self.name != "*" else self.module

    @property
    def stands_for(self) -> str:
        """What the bound name means: `import a.b` binds `a`, which is `a`."""
        return self.alias if not self.name and self.alias == self.module.partition(".")[0] else self.target


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A function, method or class with everything that matching needs. Lines are zero-based."""

    name: str
    local_name: str
    """Qualified within the module: `Ledger.add`, `outer.<locals>.inner`."""
    kind: SymbolKind
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    name_line: int
    name_column: int
    body_line: int
    """First line of the body (after the header's colon)."""
    parameters: tuple[Parameter, ...]
    returns: str | None
    docstring: str
    decorators: tuple[str, ...]
    bases: tuple[str, ...]
    members: tuple[str, ...]
    """A class's methods, in order."""
    traits: int
    statements: int
    """Statements in the body, nested ones included, the docstring not."""
    features: bytes
    """Sorted unique feature hashes, unsigned 32 bit little-endian."""
    skeleton: bytes
    """The body's normalised tree in pre-order, one byte a node; names and literals are not told apart."""
    parent: int
    """Index of the enclosing definition in the module's tuple, -1 for none."""

    @property
    def body_lines(self) -> int:
        """How many lines the body has, docstring, blank lines and comments among them."""
        return self.end_line - self.body_line + 1

    @property
    def range(self) -> Range:
        """The whole definition, decorators included."""
        return Range(Position(self.start_line, self.start_column), Position(self.end_line, self.end_column))

    @property
    def name_range(self) -> Range:
        """The name in the header."""
        return Range(
            Position(self.name_line, self.name_column),
            Position(self.name_line, self.name_column + len(self.name)),
        )

    @property
    def signature(self) -> Signature | None:
        """The parameters and return annotation; None for a class."""
        if self.kind is SymbolKind.CLASS:
            return None
        return Signature(self.parameters, self.returns, bool(self.traits & Trait.ASYNC))


class ModuleFacts(msgspec.Struct, frozen=True, array_like=True):
    """Everything that is stored of one file."""

    module: str
    is_package: bool
    lines: int
    definitions: tuple[Definition, ...]
    imports: tuple[Import, ...]
    exports: tuple[str, ...] | None
    """`__all__`, where it is a literal list."""
    references: tuple[str, ...]
    """Absolute dotted names that the module imports, or reaches through an imported module."""
    ignores: tuple[tuple[int, str], ...] = ()
    """Comments that speak to Canonry: line and the text after `canonry:`."""


def encode_facts(facts: ModuleFacts) -> bytes:
    """Facts as bytes (MessagePack)."""
    return _ENCODER.encode(facts)


def decode_facts(data: bytes) -> ModuleFacts:
    """Facts from bytes; raises ValueError on anything that `encode_facts` has not written."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ModuleFacts)
