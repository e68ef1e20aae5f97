"""CN702: a change that was begun and not ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Finding, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.lessons import superseded_by_lessons
from canonry.rules.facts.markers import MARKERS, marked
from canonry.rules.facts.remarks import MARKER, Remark, is_docstring, remarks
from canonry.scopes.registry import superseded
from canonry.syntax import Definition, ModuleTree, Scope
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of

_SPOKEN = re.compile(
    rb"(?i)\b(?:TODO|FIXME|XXX|HACK|temporar(?:y|ily)|legacy|deprecated|backwards?[- ]compat\w*)\b"
)
_MAY_SPEAK = (
    AnyOf(
        *(b"todo", b"fixme", b"xxx", b"hack", b"temporary", b"temporarily", b"legacy", b"deprecated"),
        any_case=True,
        alone=True,
    ),
    AnyOf(b"backward", any_case=True),
)
"""Without any of these nothing is found by `_SPOKEN`: it costs a look at the text's words."""
_LATER = re.compile(
    r"(?i)\b(?:updat|migrat|remov|replac|delet|drop|switch|port|renam|clean|convert|mov|rewrit|chang)\w*\b"
    r"(?:[^.\n]|\n(?![A-Z])){0,80}?\b(?:later|soon|eventually|once|when|after|until|as soon as|someday)\b"
)
_TEMPORARY = re.compile(
    r"(?i)\btemporar(?:ily|y(?! +(?:\w+[- ])?"
    r"(?:files?|filenames?|folders?|director(?:y|ies)|dirs?|paths?|tables?|storage|buffers?|location|place|copy|"
    r"copies|credentials?|passwords?|tokens?|links?|names?|variables?|objects?|data|results?|state)\b))"
    r"(?:[^.\n]|\n(?![A-Z])){0,60}?\b(?:until|till|for now|as long as)\b"
    r"|\b(?:until|for now)\b(?:[^.\n]){0,30}\btemporar(?:y|ily)\b"
)
_SHIM = re.compile(
    r"(?i)\b(?:legacy|deprecated|backwards?[- ]compat\w*)\b[^.\n]{0,30}"
    r"\b(?:shims?|alias(?:es)?|wrappers?|stubs?|bridge)\b"
    r"|\b(?:shims?|alias(?:es)?|wrappers?|stubs?|kept|bridge)\b[^.\n]{0,30}"
    r"\b(?:legacy|backwards?[- ]compat\w*)\b"
)
_DESCRIBED = re.compile(
    r"(?i)\b(?:an?|each|every) temporary (?!(?:work-?around|fix|hack|solution|measure|shim)\b)"
    r"(?:[\w-]+ ){1,2}(?:is|are|stays?|remains?|lives?|lasts?|holds?|works?|can|may|must|will)\b"
)
"""Something that the program is about: `A temporary pin is valid until the first login.`"""
_DEPRECATED = re.compile(rb"(?i:deprecat(?:ed|ion))")
_BEGINS_DEPRECATED = re.compile(
    r"""(?i)\w?["']+\W*(?:this (?:function|method) is )?deprecated\b(?! \w+s\b)"""
)
FIRST_WORD = 4
"""A docstring is about a shim where it begins so (`A legacy alias`), not where it names one further on."""
_TRACKED = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|(?<!\w)#\d+\b|https?://\S+|\bGH-?\d+\b")
"""What looks like an id of a tracker, where the settings do not say how ids look."""
_VERSION = re.compile(r"(?i)\bv?\d+\.(?:\d+|x)\b|\bversion \d+|\bpython ?\d|\bv\d+\b")
"""A version says when: that is a plan, and whether it has come cannot be told."""
_SERVED = re.compile(
    r"(?i)\b(?:for|with) (?:the |our |old |older )*"
    r"(?:v\d+\b|v?\d+(?:\.(?:\d+|x))* (?:apps?|clients?|users?|callers?|customers?|devices?|firmwares?)\b)"
)
"""A version that says for whom a shim is kept (`for the v1 clients`), and not until when."""
_DATE = re.compile(
    r"\b(2\d\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?\b|\bQ([1-4])[ /-]?(2\d\d\d)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"(?i)\b({'|'.join(_MONTHS)})[a-z]*\.?,? (2\d\d\d)\b")

_LONG_WORD = re.compile(r"\b(?!(?i:todo|fixme|temporar))[^\W\d_]{6,}\b")


class UnfinishedMigration(Rule):
    """## What it does
    Finds changes that were begun and not ended: "TODO: update later", "temporary until", shims for what is
    legacy or deprecated without a date or a tracker's id (also a function that warns of its deprecation,
    or whose documentation begins with it, and that only passes on), and superseded definitions that are
    still used.

    ## Why is this bad?
    Both ways have to be kept working, and each newcomer picks one at random. Without a date or an id nobody
    comes back. ruff (TD, FIX) finds TODOs alike; this rule finds those that wait for an event, and knows the
    registry.

    ## Example
    ```python
    # TODO: remove this when all callers are migrated
    def get_user(name): ...
    ```

    ## Use instead
    ```python
    # TODO(SHOP-123, 2027-03-31): remove this when all callers are migrated
    def get_user(name): ...
    ```

    ## When it stays silent
    - a date in the future (one in the past is reported), or a version, is named
    - it has the id of a tracker: as `debt.tracker` says, else `ABC-12`, `#12` or a link
    - a superseded definition that nothing uses any more
    - a function that says that it is deprecated and does more than to pass on to another; a decorator's own
    - a docstring of a test, or a comment about a shim in one, without a marker
    """

    code: ClassVar[str] = "CN702"
    name: ClassVar[str] = "unfinished-migration"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    INVALID: ClassVar = (
        Invalid(
            "a TODO for later",
            """\
def get_user(name):
    # TODO: update this later  # want: CN702 waits
    return name
""",
        ),
        Invalid(
            "temporary until something has happened",
            """\
LIMIT = 10  # temporary until the new quota service is there  # want: CN702 temporary


# FIXME: remove once every caller has the new client  # want: CN702
def old_client():
    return None
""",
        ),
        Invalid(
            "a shim without a date",
            '''\
class Client:
    """Legacy alias of `http.Client`."""  # want: CN702 shim

    # Deprecated wrapper, use `send`.  # want: CN702 shim
    # Legacy shim, kept for the v1 clients.  # want: CN702 shim
    def post(self):
        return None
''',
        ),
        Invalid(
            "a function that warns and passes on",
            '''\
import warnings
from warnings import warn


def read_frame(frame):  # want: CN702 `read_frame` is deprecated
    """Read a frame."""
    warnings.warn("read_frame is deprecated, use decode", DeprecationWarning, stacklevel=2)
    return decode(frame)


class Gauge:
    async def level(self):  # want: CN702
        warn("use metres", category=DeprecationWarning)
        return await self.metres()


def worst(readings):  # want: CN702 `worst` is deprecated
    """**Deprecated**: use weakest()."""
    return weakest(readings, 1)[0]


def best(readings):
    """Deprecated shim for the 3.x apps, use strongest()."""  # want: CN702 shim
    warnings.warn("best is deprecated", DeprecationWarning, stacklevel=2)
    return strongest(readings, 1)[0]
''',
        ),
        Invalid(
            "the date has passed",
            """\
# TODO: remove this after the move (2020-01-31)  # want: CN702 2020-01-31
OLD = 1
""",
        ),
        Invalid(
            "a superseded definition with uses left",
            {
                "canonry.toml": "[canonical]\n"
                'users = { symbol = "app.users.find", supersedes = ["app.users.lookup"] }\n',
                "app/__init__.py": "",
                "app/users.py": """\
def find(name): ...


def lookup(name): ...  # want: CN702 1 other file
""",
                "app/views.py": "from app.users import lookup\n",
            },
        ),
        Invalid(
            "a lesson says so",
            {
                "canonry.toml": 'lessons = ["docs/*.md"]\n',
                "docs/sessions.md": "# Sessions\n\nWRONG: `make_session()`\nCORRECT: `session_scope()`\n",
                "app/__init__.py": "",
                "app/db.py": """\
def session_scope(): ...


def make_session(): ...  # want: CN702 1 other file
""",
                "app/views.py": "from app.db import make_session\n",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "documented as deprecated since a version, or with work of its own; one that tells of others",
            '''\
def lightest(readings):
    """Deprecated since version 4.2, use weakest()."""
    return weakest(readings, 1)[0]


def heaviest(readings):
    """Deprecated: use strongest()."""
    readings = [one for one in readings if one.weight]
    return max(readings, key=weight)


def listed(readings):
    """Deprecated readings, by their names."""
    return by_name(readings, deprecated=True)
''',
        ),
        Valid(
            "a decorator that warns of what it decorates, and a test of what is deprecated",
            {
                "app/deprecated.py": """\
import functools
import warnings


def deprecated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        warnings.warn(f"{function.__name__} is deprecated", DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)

    return wrapper
""",
                "tests/test_names.py": """\
def test_names(resolve):
    # `resolve` is kept as a backwards-compatible alias.
    \"\"\"Legacy aliases must not go past the resolver.\"\"\"
    assert resolve("0x7f000001") is None
""",
            },
        ),
        Valid(
            "a date in the future",
            """\
# TODO: remove this after 2199-12-31
# Temporary until March 2199.
OLD = 1
""",
        ),
        Valid(
            "it has an id",
            """\
# TODO(SHOP-12): remove when all callers are migrated
# Temporary until #99 is closed
# FIXME: the discrepancy of an empty index (#98)
# Temporarily skip the check until the discrepancy is fixed.
OLD = 1
""",
        ),
        Valid(
            "a version says when",
            '''\
def old():
    """Deprecated alias, to be removed in 3.0."""


# TODO: drop this when Python 3.11 is gone
# TODO: remove this when API v9 is dropped
OLD = 1
''',
        ),
        Valid(
            "a warning with a plan, of one way to call, and of a test",
            {
                "app.py": '''\
import warnings


def old(frame):
    warnings.warn("old is deprecated and will be removed in 3.0", DeprecationWarning, stacklevel=2)
    return decode(frame)


def older(frame):
    """Kept until SDK-12 is done."""
    warnings.warn("use decode", DeprecationWarning, stacklevel=2)
    return decode(frame)


def level(raw, unit=None):
    if unit is not None:
        warnings.warn("unit is deprecated", DeprecationWarning, stacklevel=2)
    return float(raw)


def count(raw):
    warnings.warn("count gets another result", DeprecationWarning, stacklevel=2)
    total = len(raw)
    return total + 1
''',
                "tests/test_app.py": """\
import warnings


def old(frame):
    warnings.warn("old", DeprecationWarning)
    return decode(frame)
""",
            },
        ),
        Valid(
            "words that mean something else",
            """\
def write(path):
    # A temporary file, removed when it is closed.
    # Writes to a temporary folder until the upload is done.
    # The temporary upload path is kept until the commit.
    # The cache is deleted after an hour.
    # The legacy format has four columns.
    # A temporary pin is valid until the first login.
    return path
""",
        ),
        Valid(
            "a docstring that says what the code does",
            '''\
def set_value(value, old):
    """Set a value.

    value: the value, temporarily until the program ends.
    old: deprecated alias of value.
    """
    return value or old
''',
        ),
        Valid(
            "a TODO that waits for nothing",
            """\
# TODO: add a test
# TODO: faster
X = 1
""",
        ),
        Valid(
            "a superseded definition that nothing uses",
            {
                "app/__init__.py": "",
                "app/users.py": """\
def find(name): ...


# canonry: superseded-by app.users.find
def lookup(name): ...
""",
            },
        ),
        Valid(
            "a string",
            """\
TEXT = "TODO: update this later"
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each such remark, and for each superseded definition in use."""
        tracker = context.settings.debt.tracker
        tracked = re.compile(tracker) if tracker else _TRACKED
        spoken = any(map(module.tree.holds, _MAY_SPEAK))
        told: set[int] = set()
        for remark in remarks(module.tree, _SPOKEN) if spoken else ():
            is_comment = remark.node.type == "comment"
            is_about = not is_comment or _SHIM.search(remark.line) is not None
            if is_about and module.is_test and MARKER.search(remark.line) is None:
                continue  # what a test is about
            what = _unfinished(remark.text, remark.line, is_comment)
            if not what or tracked.search(remark.text):
                continue
            task = _marked_above(remark, module)
            if tracked.search(task) and not _things(task).isdisjoint(_things(remark.text)):
                continue
            ends = _date(remark.text)
            if ends is not None and ends >= date.today():
                continue
            if ends is None and _VERSION.search(_SERVED.sub(" ", remark.text)):
                continue
            told.add(remark.range.start.line)
            yield self.finding(module, remark.range, what + _past(ends))
        for one in _shims(module):
            if not told.isdisjoint(range(one.start_line - 1, one.end_line + 1)):
                continue
            above = module.tree.data.splitlines()[max(one.start_line - 1, 0) : one.end_line + 1]
            text = b"\n".join(above).decode("utf-8", "replace")
            ends = _date(text)
            if tracked.search(text) or (ends is not None and ends >= date.today()):
                continue
            if ends is None and _VERSION.search(_SERVED.sub(" ", text)):
                continue
            yield self.finding(
                module,
                one.name_range,
                f"`{one.name}` is deprecated and only passes on{_past(ends)}",
                symbol=f"{module.facts.module}.{one.local_name}",
            )
        yield from self._superseded(module, context)

    def _superseded(self, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each superseded definition of the module that other files use."""
        entries = (
            *superseded(context.settings, context.derived(MARKERS, marked)),
            *superseded_by_lessons(module, context),
        )
        outer = [one for one in module.facts.definitions if one.parent < 0]
        for one in outer if entries and module.facts.module else ():
            dotted = f"{module.facts.module}.{one.name}"
            entry = next((each for each in entries if each.covers(dotted)), None)
            if entry is None:
                continue
            used = context.files_referring(dotted) - {module.path}
            place = context.module_at(context.canonical(entry.replacement)) if entry.replacement else None
            used -= {place[0]} if place is not None else set()
            if used:
                files = f"{len(used)} other file{'s' if len(used) > 1 else ''}"
                by = f" by {entry.replacement}" if entry.replacement else ""
                yield self.finding(
                    module,
                    one.name_range,
                    f"`{one.name}` is superseded{by} and still used in {files}",
                    symbol=dotted,
                )


def _marked_above(remark: Remark, module: Module) -> str:
    """The task that begins in the lines of the comment above a remark which has no marker of its own."""
    if remark.node.type != "comment" or MARKER.search(remark.line) is not None:
        return ""
    said: list[str] = []
    node = remark.node
    while (above := node.prev_sibling) is not None and above.type == "comment":
        if above.end_point[0] + 1 != node.start_point[0] or above.start_point[1] != node.start_point[1]:
            break
        said.append(module.tree.text(above))
        if MARKER.search(said[-1].lstrip("# ")) is not None:
            return "\n".join(said)
        node = above
    return ""


def _things(text: str) -> set[str]:
    """The longer words of a remark, by which two of them speak of one thing."""
    return {one.lower() for one in _LONG_WORD.findall(text)}


def _past(ends: date | None) -> str:
    return f"; {ends.isoformat()} has passed" if ends is not None else ", without a date or a tracker's id"


def _shims(module: Module) -> Iterator[Definition]:
    """Functions that say that they are deprecated, and do nothing further but pass on to something else."""
    tree = module.tree
    if module.is_test or not _DEPRECATED.search(tree.data):
        return
    by_start = {(one.name_line, one.name): one for one in module.facts.definitions}
    for scope in (*_warning(tree), *_documented(tree)):
        name = scope.node.child_by_field_name("name")
        found = by_start.get((tree.range(name).start.line, scope.name)) if name is not None else None
        if found is not None:
            yield found


def _warning(tree: ModuleTree) -> Iterator[Scope]:
    """Functions that warn of their deprecation and pass on."""
    for call in tree.calls:
        if call.name != "warnings.warn":
            continue
        kind = call.argument(1, "category")
        function, above = call.scope.function, call.node.parent
        owner = function.parent if function is not None else None
        if function is not None and (function.name.startswith("__") or (owner and owner.kind == FUNCTION)):
            continue  # that warns of its class, or a decorator's, of what it decorates
        if kind is None or not tree.text(kind).endswith("DeprecationWarning") or function is None:
            continue
        _, body = _documentation_and_body(function, tree)
        if len(body) == 2 and above is not None and body[0] == above and _passes_on(body[1]):
            yield function


def _documented(tree: ModuleTree) -> Iterator[Scope]:
    """Functions whose documentation begins with their being deprecated, and that pass on."""
    for scope in tree.scopes.all():
        if scope.kind == FUNCTION and not scope.name.startswith("__"):
            told, body = _documentation_and_body(scope, tree)
            if len(body) == 1 and _passes_on(body[0]) and _BEGINS_DEPRECATED.match(told):
                yield scope


def _documentation_and_body(function: Scope, tree: ModuleTree) -> tuple[str, list[Node]]:
    """The docstring as it is written, "" for none, and the statements behind it."""
    body = [one for one in block_of(function.node) if one.type != "comment"]
    first = body[0].named_children[:1] if body else []
    if first and first[0].type == "string" and is_docstring(first[0]):
        return tree.text(first[0]), body[1:]
    return "", body


def _passes_on(statement: Node) -> bool:
    """Whether a statement is one call, awaited or not, or returns it."""
    if statement.type not in ("return_statement", "expression_statement") or not statement.named_children:
        return False
    value = statement.named_children[0]
    while value.type in ("await", "subscript") and value.named_children:
        value = value.named_children[0]
    return value.type == "call"


def _unfinished(text: str, line: str, is_comment: bool) -> str:
    """What a remark says is not ended yet; "" for nothing. A docstring also says what the code does."""
    marker = MARKER.search(line)
    if marker is not None and _LATER.search(text[marker.start() :]):
        return f"{marker[0].strip(' #-*')} that waits for something"
    if is_comment and _TEMPORARY.search(_DESCRIBED.sub(" ", text)):
        return "Something temporary that stays until something else has happened"
    shim = _SHIM.search(line)
    if shim is not None and (is_comment or shim.start() <= FIRST_WORD):
        return "A shim for what is legacy or deprecated"
    return ""


def _date(text: str) -> date | None:
    """The last day that a text names; a month stands for its last day."""
    found: list[date] = []
    for match in _DATE.finditer(text):
        year, month, day, quarter, of = match.groups()
        found.append(_day(int(year), int(month), day) if year else _day(int(of), int(quarter) * 3, None))
    for match in _MONTH.finditer(text):
        found.append(_day(int(match[2]), _MONTHS.index(match[1].lower()) + 1, None))
    return max(found, default=None)


def _day(year: int, month: int, day: str | None) -> date:
    try:
        return date(year, month, int(day or 28))
    except ValueError:
        return date(year, month, 28)
