"""The words that the parts of Canonry share: plain, frozen data, no behaviour beyond small derivations.

Positions are zero-based lines and columns counted in Unicode code points. `lsp/convert.py`
alone turns them into the encoding that a client has negotiated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag, StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text: zero-based line, zero-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A half-open stretch of text."""

    start: Position
    end: Position

    def contains(self, position: Position) -> bool:
        """Whether `position` lies in the range, its end included (a cursor may stand there)."""
        return self.start <= position <= self.end

    def overlaps(self, other: Range) -> bool:
        """Whether the two ranges share a place, touching ends included."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Location:
    """A range in a file."""

    path: Path
    range: Range


class SymbolKind(StrEnum):
    """What a definition is."""

    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"


class ParameterKind(IntEnum):
    """How an argument reaches a parameter; the values are those of `inspect`."""

    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `default` and `annotation` are source text, None where there is none."""

    name: str
    kind: ParameterKind = ParameterKind.POSITIONAL_OR_KEYWORD
    annotation: str | None = None
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether a call must give it."""
        return self.default is None and self.kind not in (
            ParameterKind.VAR_POSITIONAL,
            ParameterKind.VAR_KEYWORD,
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """A callable's parameters (a method's `self` or `cls` included) and its return annotation."""

    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    is_async: bool = False

    def render(self, name: str) -> str:
        """The header as one line of Python without the colon: `async def name(a, *, b=1) -> int`."""
        parts: list[str] = []
        seen_keyword_marker = False
        for at, parameter in enumerate(self.parameters):
            if parameter.kind is ParameterKind.VAR_POSITIONAL:
                seen_keyword_marker = True
            elif parameter.kind is ParameterKind.KEYWORD_ONLY and not seen_keyword_marker:
                parts.append("*")
                seen_keyword_marker = True
            stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}
            text = stars.get(parameter.kind, "") + parameter.name
            if parameter.annotation is not None:
                text += f": {parameter.annotation}"
            if parameter.default is not None:
                equals = " = " if parameter.annotation is not None else "="
                text += equals + parameter.default
            parts.append(text)
            following = self.parameters[at + 1].kind if at + 1 < len(self.parameters) else None
            if (
                parameter.kind is ParameterKind.POSITIONAL_ONLY
                and following is not ParameterKind.POSITIONAL_ONLY
            ):
                parts.append("/")
        arrow = f" -> {self.returns}" if self.returns is not None else ""
        return f"{'async ' if self.is_async else ''}def {name}({', '.join(parts)}){arrow}"


class Trait(IntFlag):
    """Facts about a definition that decide whether it can be a finding or a candidate."""

    NONE = 0
    ASYNC = 1
    GENERATOR = 2
    PROPERTY = 4
    OVERLOAD = 8
    ABSTRACT = 16
    CONDITIONAL = 32  # under if/try/match at module or class level: a platform or version alternative
    TYPE_CHECKING = 64
    EMPTY = 128  # no body yet, or only a docstring, `pass` or `...`
    NESTED = 256  # inside a function
    DUNDER = 512
    STATIC = 1024
    CLASSMETHOD = 2048
    TEST = 4096  # a test case or fixture, or in a test module
    OVERRIDE = 8192  # decorated so
    RAISES_ONLY = 16384  # the body is one raise, as in an interface
    PROTOCOL = 32768  # a typing.Protocol, or a member of one
    DATA = 65536  # a class of fields alone: dataclass, enum, model, exception without methods


@dataclass(frozen=True, slots=True)
class Symbol:
    """A definition of the workspace as it is shown and referred to."""

    name: str
    qualified_name: str
    """Dotted, from the top-level package down: `app.money.Ledger.add`."""
    kind: SymbolKind
    module: str
    """The dotted name under which its module is imported."""
    path: Path
    range: Range
    """The whole definition, decorators included."""
    name_range: Range
    signature: Signature | None = None
    docstring: str = ""
    decorators: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    traits: Trait = Trait.NONE
    uses: int = 0
    """How many other modules of the workspace import or name it."""

    @property
    def local_name(self) -> str:
        """The qualified name within its module: `Ledger.add`."""
        prefix = self.module + "."
        return self.qualified_name.removeprefix(prefix) if self.module else self.qualified_name

    @property
    def importable(self) -> bool:
        """Whether `from module import name` gives it: it stands at the top level of a named module."""
        return bool(self.module) and "." not in self.local_name

    def render(self) -> str:
        """The header as one line of Python, without the colon."""
        if self.kind is SymbolKind.CLASS:
            return f"class {self.name}({', '.join(self.bases)})" if self.bases else f"class {self.name}"
        return (self.signature or Signature()).render(self.name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a match: its kind, how strong it is (0 to 1), and the words a user reads."""

    kind: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What one kind of evidence makes of a match's probability."""

    kind: str
    """The evidence; `start` is what every definition begins with, `trees` what kinds mean together."""
    logit: float
    """What it adds to the probability's logit; all of a match's together are the logit."""


@dataclass(frozen=True, slots=True)
class Match:
    """An existing definition that may already do the job, best first in any list of them."""

    symbol: Symbol
    probability: float
    """Calibrated: the share of such matches that are reimplementations."""
    evidence: tuple[Evidence, ...] = ()
    weights: tuple[Weight, ...] = ()
    """What the probability is made of, what counts most first; empty where it is no sum of evidence."""


class Severity(IntEnum):
    """The values are the protocol's."""

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    message: str
    location: Location
    qualified_name: str = ""


class Applicability(StrEnum):
    """Whether a fix keeps behaviour and comments (safe), or may change what it says (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replaces the text of `range` by `new_text`."""

    range: Range
    new_text: str


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The edits of one file, in the coordinates of the text that was read, none overlapping."""

    path: Path
    edits: tuple[TextEdit, ...]
    version: int | None = None
    """The open buffer's version that the edits were computed for; None where the file is not open."""
    creates: bool = False
    """The file does not exist yet."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A computed change, ready to be applied."""

    title: str
    files: tuple[FileEdit, ...]
    applicability: Applicability = Applicability.SAFE
    caution: str = ""
    """What may change, where it is unsafe."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a change cannot be made rightly, in words for the user."""

    reason: str


@dataclass(frozen=True, slots=True)
class OfferedFix:
    """A change that a finding offers: its title now, its edits when it is chosen."""

    title: str
    compute: Callable[[], Fix | Refusal]
    applicability: Applicability = Applicability.SAFE
    preferred: bool = True


class Priority(StrEnum):
    """When a debt is to be paid."""

    P0 = "P0"
    """It blocks a launch."""
    P1 = "P1"
    """It affects behaviour."""
    P2 = "P2"
    """It makes maintenance harder."""
    P3 = "P3"
    """It would be nice to have."""


class Tag(StrEnum):
    """How an editor may show the code of a finding."""

    UNNECESSARY = "unnecessary"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a place in a file."""

    code: str
    """`CN001`."""
    name: str
    """The rule's kebab-case name."""
    message: str
    severity: Severity
    path: Path
    range: Range
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    """Best first, each at the existing definition's name."""
    probability: float | None = None
    symbol: str = ""
    """The qualified name of the definition that the finding is about, where it is about one."""
    priority: Priority | None = None
    """How soon it matters, for the tracker of debts; None where its rule does not say."""
    tags: tuple[Tag, ...] = ()
    fixes: tuple[OfferedFix, ...] = field(default=(), compare=False)
    """Changes that would mend it, best first; computed when one is chosen."""
    covers: Range | None = None
    """The code whose cause this finding names, where that is more than `range`: findings of weaker rules
    inside are not said.
    """


class ActionKind(StrEnum):
    """What an action does; its editor-facing kind follows from it."""

    USE_EXISTING = "use-existing"
    DELEGATE = "delegate"
    EXTEND = "extend"
    INHERIT = "inherit"
    """A method that repeats what its class inherits goes."""
    REPLACE_USE = "replace-use"
    REPLACE_ALL_USES = "replace-all-uses"
    OPEN_EXISTING = "open-existing"
    COMPARE = "compare"
    IGNORE = "ignore"
    ACCEPT = "accept"
    MARK_CANONICAL = "mark-canonical"
    REGISTER_CANONICAL = "register-canonical"
    FIX = "fix"
    """A fix that a rule offers; its title says which."""


@dataclass(frozen=True, slots=True)
class Action:
    """A title in a menu; what it would change is computed when it is chosen (`Workspace.resolve`)."""

    kind: ActionKind
    title: str
    path: Path
    """The file of the finding."""
    symbol: str
    """Qualified name of the definition that the finding is about."""
    line: int
    """The finding's line when the menu was shown."""
    target: str = ""
    """Qualified name of the existing definition."""
    target_location: Location | None = None
    code: str = "CN001"
    preferred: bool = False
    disabled: str = ""
    """Why it cannot be applied; empty where it can, or where that is found out when it is chosen."""
    applicability: Applicability = Applicability.SAFE
    place: Position | None = None
    """Where the use stands that the finding is about, if it is about one."""
    location: Location | None = None
    """The definition that the finding is about, where it is shown beside another."""


@dataclass(frozen=True, slots=True)
class Hover:
    """What is known of the definition under the cursor, in Markdown and in plain text."""

    range: Range
    markdown: str
    plain: str


@dataclass(frozen=True, slots=True)
class Completion:
    """An existing definition offered while a name after `def` or `class` is being typed."""

    label: str
    detail: str
    documentation: str
    filter_text: str
    edit: TextEdit
    """Replaces the whole statement that is being typed."""
    additional_edits: tuple[TextEdit, ...] = ()
    sort_key: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far indexing is."""

    done: int
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The state of a workspace's index."""

    root: Path
    location: Path
    """The folder of the index files."""
    files: int
    definitions: int
    lines: int
    size: int
    """Bytes on disk."""
    ready: bool
    skipped: tuple[tuple[Path, str], ...] = field(default=())
    """Files that were not read, each with the reason."""
    problem: str = ""
    """Why the index is not kept on disk; empty where it is."""
