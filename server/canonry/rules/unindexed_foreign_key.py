"""CN505: a foreign key that queries ask for and that has no index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import (
    Applicability,
    Finding,
    Position,
    Priority,
    Range,
    Refusal,
    Related,
    Severity,
    TextEdit,
)
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of

COLUMN, USE, INDEX = "column", "use", "index"


class KeyRow(msgspec.Struct, frozen=True, array_like=True):
    """A foreign key column, a use of a column in a query, or an index said outside its class."""

    kind: str
    model: str
    """Dotted."""
    column: str
    """The attribute."""
    covered: bool = False
    """A column is indexed already, or nobody can tell."""
    line: int = 0
    column_from: int = 0
    column_to: int = 0


_QUICK = AnyOf(b"ForeignKey(", b".filter(", b".filter_by(", b".where(", b"join(", b"Index(")
_QUERYING = frozenset(("filter", "filter_by", "where", "join", "outerjoin", "having", "join_from"))
_OPERATORS = frozenset(("in_", "between", "startswith"))
"""Methods of columns that an index helps; it does not help `is_not(None)`."""
_JOINING = frozenset(("and_", "or_", "not_"))
_CONDITIONS = frozenset(("call", "comparison_operator", "binary_operator", "unary_operator"))
_CONSTRAINTS = frozenset(("Index", "UniqueConstraint", "PrimaryKeyConstraint"))


def _rows(tree: ModuleTree) -> Iterator[KeyRow]:
    if not tree.holds(_QUICK):
        return
    if b"ForeignKey(" in tree.data and b"django" not in tree.data:
        for scope in tree.scopes.all():
            if scope.kind == CLASS:
                yield from _columns(scope, tree)
        for call in tree.calls_to("sqlalchemy.Table", "sqlalchemy.schema.Table"):
            yield from _table_columns(call, tree)
    told: set[tuple[str, str]] = set()
    for call in tree.calls:
        if call.last in _QUERYING and call.function.type == "attribute":
            for model, column in _used(call, tree):
                if (model, column) not in told:
                    told.add((model, column))
                    place = tree.range(call.node).start
                    yield KeyRow(USE, model, column, False, place.line, place.column)
        elif call.last in _CONSTRAINTS and call.scope.kind == "module":
            for one in call.arguments[1:2]:
                if one.type == "attribute":
                    model, _, column = tree.resolve(one).rpartition(".")
                    if model:
                        yield KeyRow(INDEX, _table_of(model) or model, column)


def _columns(scope: Scope, tree: ModuleTree) -> Iterator[KeyRow]:
    statements = [
        one.named_children[0]
        for one in block_of(scope.node)
        if one.type == "expression_statement" and one.named_children
    ]
    computed = any(
        one.name == "__table_args__" and one.parent is scope for one in tree.scopes.all() if one.name
    )
    covered: set[str] | None = None if computed else set()
    found = []
    for node in statements:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type != "assignment" or left is None or right is None or left.type != "identifier":
            continue
        name = tree.text(left)
        if name == "__table_args__":
            covered = _first_columns(right, tree)
        elif right.type == "call":
            calls = tree.calls_within(right)
            if calls[0].last in ("Column", "mapped_column") and any(
                one.last == "ForeignKey" for one in calls
            ):
                found.append((name, left, calls[0]))
    for name, left, call in found:
        place = tree.range(left)
        text = tree.string(call.argument(0)) or name
        known = covered is None or not covered.isdisjoint((name, text))
        yield KeyRow(
            COLUMN,
            tree.dotted(scope),
            name,
            known or _has_own_index(call),
            place.start.line,
            place.start.column,
            place.end.column,
        )


def _table_columns(call: Call, tree: ModuleTree) -> Iterator[KeyRow]:
    """The foreign keys of `books = Table("books", metadata, Column("author_id", ForeignKey(...)))`."""
    above = call.node.parent
    left = above.child_by_field_name("left") if above is not None and above.type == "assignment" else None
    held = call.node.child_by_field_name("arguments")
    model = tree.resolve(left) if left is not None and left.type == "identifier" else ""
    if not model or held is None:
        return
    covered = _first_columns(held, tree)
    unknown = covered is None or any(
        one.type in ("list_splat", "dictionary_splat") or tree.text(one).startswith("autoload")
        for one in call.arguments
    )
    for column in tree.calls_within(held):
        first = column.argument(0)
        name = tree.string(first)
        inner = {one.last for one in tree.calls_within(column.node)}
        if column.last == "Column" and name and first is not None and "ForeignKey" in inner:
            known = covered is None or name in covered or _has_own_index(column)
            place = tree.range(first)
            yield KeyRow(
                COLUMN, model, name, unknown or known, place.start.line, place.start.column, place.end.column
            )


def _has_own_index(call: Call) -> bool:
    """Whether a column's arguments say that it has an index, or may say so."""
    return any(one.type == "dictionary_splat" for one in call.arguments) or any(
        (value := call.argument(None, keyword)) is not None and value.type not in ("false", "none")
        for keyword in ("index", "unique", "primary_key")
    )


def _table_of(columns: str) -> str:
    """The table whose columns a dotted name is: `app.db.books` of `app.db.books.c`; "" for anything else."""
    table, _, last = columns.rpartition(".")
    return table if last in ("c", "columns") else ""


def _first_columns(node: Node, tree: ModuleTree) -> set[str] | None:
    """The first columns of the indexes and keys of `__table_args__`; None where it cannot be read."""
    if node.type not in ("tuple", "dictionary", "argument_list"):
        return None
    found = set()
    for call in tree.calls_within(node):
        if call.last in _CONSTRAINTS:
            names = [
                tree.string(one) or tree.text(one) for one in call.arguments if one.type != "keyword_argument"
            ]
            if call.last == "Index":
                names = names[1:]
            found.update(names if call.last == "PrimaryKeyConstraint" else names[:1])
    return found


def _used(call: Call, tree: ModuleTree) -> Iterator[tuple[str, str]]:
    """The columns that a condition names: `Book.author_id`, and `filter_by(author_id=...)` of a query."""
    for one in call.arguments:
        if one.type == "keyword_argument":
            if call.last == "filter_by":
                name, model = one.child_by_field_name("name"), _queried(call, tree)
                if name is not None and model:
                    yield model, tree.text(name)
            continue
        waiting = [_condition(one, call, tree)]
        while waiting:
            node = waiting.pop()
            if node.type == "attribute":
                model, _, column = tree.resolve(node).rpartition(".")
                if model.rpartition(".")[2][:1].isupper() or _table_of(model):
                    yield _table_of(model) or model, column
                elif column in _OPERATORS:
                    waiting.extend(node.named_children[:1])
            else:
                waiting.extend(node.named_children)


def _condition(node: Node, call: Call, tree: ModuleTree) -> Node:
    """What a local name stands for that is given as a condition: `mine = and_(...)` and `where(mine)`."""
    if node.type != "identifier" or call.scope.function is None:
        return node
    binders = tree.binders(tree.text(node), call.scope.function)
    above = binders[0].parent if len(binders) == 1 else None
    value = above.child_by_field_name("right") if above is not None and above.type == "assignment" else None
    if value is None or value.type not in _CONDITIONS:
        return node
    function = value.child_by_field_name("function") if value.type == "call" else None
    joined = function is None or tree.text(function).rpartition(".")[2] in (*_OPERATORS, *_JOINING)
    return value if joined else node


def _queried(call: Call, tree: ModuleTree) -> str:
    """The model of `session.query(Book)....filter_by()`, `select(Book)` or `Book.query`; "" where unknown."""
    node: Node | None = call.function.child_by_field_name("object")
    while node is not None:
        if node.type == "attribute":
            name = node.child_by_field_name("attribute")
            inner = node.child_by_field_name("object")
            if name is not None and tree.text(name) == "query":
                return tree.resolve(inner)
            node = inner
        elif node.type == "call":
            function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            if function is None:
                return ""
            last = tree.text(function).rpartition(".")[2]
            if last in ("query", "select") and arguments is not None and arguments.named_child_count == 1:
                return tree.resolve(arguments.named_children[0])
            if last in ("join", "outerjoin"):
                return ""  # filter_by then speaks of what was joined
            node = function.child_by_field_name("object") if function.type == "attribute" else None
        else:
            return ""
    return ""


KEYS = Extractor("foreign keys", 4, KeyRow, _rows, key=lambda row: (f"{row.model}.{row.column}",))
"""Foreign key columns of SQLAlchemy, and the columns that queries filter or join on."""


@dataclass(slots=True)
class Uses:
    """Where columns are asked for."""

    by_column: dict[str, list[tuple[str, KeyRow]]] = field(default_factory=dict)
    """By the class's last name and the column."""
    indexed: set[str] = field(default_factory=set)


def uses_of(rows: Mapping[str, tuple[KeyRow, ...]]) -> Uses:
    """For `RuleContext.derived`."""
    found = Uses()
    for path, held in rows.items():
        for one in held:
            key = f"{one.model.rpartition('.')[2]}.{one.column}"
            if one.kind == USE:
                found.by_column.setdefault(key, []).append((path, one))
            elif one.kind == INDEX:
                found.indexed.add(key)
    return found


_MODELS = """\
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
"""
_QUERY = """\
from sqlalchemy import select

from app.models import Book


def books_of(session, author):
    return session.scalars(select(Book).where(Book.author_id == author))
"""


def _work(column: str, query: str = _QUERY, head: str = _MODELS) -> dict[str, str]:
    return {"app/__init__.py": "", "app/models.py": head + column, "app/books.py": query}


class UnindexedForeignKey(Rule):
    """## What it does
    Finds a SQLAlchemy column with a `ForeignKey` that has no index, and that a query of the workspace
    filters or joins on.

    ## Why is this bad?
    Most databases index the key that is referred to, not the column that refers: each such query, and each
    deletion of what is referred to, reads the whole table. It is fast until the table has grown. No linter
    brings the column and its queries together.

    ## Example
    ```python
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    ```

    ## Use instead
    ```python
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    ```

    ## When it stays silent
    - `index=True`, `unique=True`, a primary key; an index or unique constraint that begins with the column
    - no query of the workspace outside of tests filters or joins on it by name
    - `__table_args__` or the column's arguments cannot be read
    """

    code: ClassVar[str] = "CN505"
    name: ClassVar[str] = "unindexed-foreign-key"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a query filters on it",
            _work(
                '    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))  # want: CN505 index\n'
            ),
            fixed={
                "app/models.py": _MODELS
                + '    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)\n'
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a table without a class",
            {
                "app/__init__.py": "",
                "app/db.py": """\
import sqlalchemy as sa

metadata = sa.MetaData()
scores = sa.Table(
    "scores",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("composer_id", sa.ForeignKey("composers.id")),  # want: CN505 `composer_id`
    sa.Column("arranger_id", sa.ForeignKey("composers.id")),
    sa.Column("folder_id", sa.ForeignKey("folders.id"), index=True),
)
""",
                "app/shelf.py": """\
from sqlalchemy import select

from app.db import scores


def works_of(conn, composer, folder):
    wanted = select(scores.c.title).where(scores.c.composer_id == composer, scores.c.folder_id == folder)
    return conn.scalars(wanted.order_by(scores.c.arranger_id))
""",
            },
            fixed={
                "app/db.py": """\
import sqlalchemy as sa

metadata = sa.MetaData()
scores = sa.Table(
    "scores",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("composer_id", sa.ForeignKey("composers.id"), index=True),
    sa.Column("arranger_id", sa.ForeignKey("composers.id")),
    sa.Column("folder_id", sa.ForeignKey("folders.id"), index=True),
)
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "by an operator of the column, and in a condition that has a name",
            _work(
                """\
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))  # want: CN505
    editor_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))  # want: CN505
""",
                """\
from sqlalchemy import and_, delete, select

from app.models import Book


def books_of(session, authors):
    return session.scalars(select(Book).where(Book.author_id.in_(authors)))


def drop(session, editor):
    mine = and_(Book.editor_id == editor, Book.id > 5)
    session.execute(delete(Book).where(mine))
""",
            ),
        ),
        Invalid(
            "a query joins on it",
            _work(
                '    author_id = mapped_column(ForeignKey("authors.id"), nullable=False)  # want: CN505\n',
                """\
from app.models import Author, Book


def books(session):
    return session.query(Author).join(Book, Book.author_id == Author.id)
""",
            ),
        ),
        Invalid(
            "filter_by names it",
            _work(
                '    author_id = mapped_column(ForeignKey("authors.id"))  # want: CN505 app/books.py\n',
                """\
from app.models import Book


def books(session, author):
    return session.query(Book).filter_by(author_id=author).all()
""",
            ),
        ),
        Invalid(
            "a composite index that begins with another column does not help",
            _work(
                """\
    shelf: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))  # want: CN505

    __table_args__ = (Index("by_shelf", "shelf", "author_id"),)
""",
                head=_MODELS.replace("ForeignKey\n", "ForeignKey, Index\n", 1),
            ),
        ),
    )
    VALID: ClassVar = (
        Valid(
            "part of a primary key that is written below",
            {
                "app/__init__.py": "",
                "app/db.py": """\
from sqlalchemy import Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, Table

loans = Table(
    "loans",
    MetaData(),
    Column("score_id", Integer, ForeignKey("scores.id")),
    Column("singer_id", Integer, ForeignKey("singers.id")),
    PrimaryKeyConstraint("score_id", "singer_id"),
)
""",
                "app/shelf.py": """\
from app.db import loans


def loans_of(conn, singer):
    return conn.execute(loans.select().where(loans.c.singer_id == singer))
""",
            },
        ),
        Valid(
            "only selected in what a query is joined with, and asked whether it is there at all",
            _work(
                """\
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
""",
                """\
from sqlalchemy import func, select

from app.models import Book


def counts(session):
    each = select(Book.author_id, func.count()).group_by(Book.author_id).subquery()
    return session.execute(select(Book).join(each, each.c.count > Book.id))


def edited(session):
    return session.scalars(select(Book).where(Book.editor_id.is_not(None)))
""",
            ),
        ),
        Valid("indexed", _work('    author_id = mapped_column(ForeignKey("authors.id"), index=True)\n')),
        Valid("unique", _work('    author_id = mapped_column(ForeignKey("authors.id"), unique=True)\n')),
        Valid(
            "part of the primary key",
            _work('    author_id = mapped_column(ForeignKey("authors.id"), primary_key=True)\n'),
        ),
        Valid(
            "a composite index begins with it",
            _work(
                """\
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    year: Mapped[int]

    __table_args__ = (UniqueConstraint("author_id", "year"),)
""",
                head=_MODELS.replace("ForeignKey\n", "ForeignKey, UniqueConstraint\n", 1),
            ),
        ),
        Valid(
            "the table's arguments are computed",
            _work(
                """\
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(f"by_author_{cls.__tablename__}", "author_id"),)
""",
                head=_MODELS.replace("ForeignKey\n", "ForeignKey, Index\n", 1).replace(
                    "DeclarativeBase,", "DeclarativeBase, declared_attr,"
                ),
            ),
        ),
        Valid(
            "no query asks for it",
            _work(
                '    author_id = mapped_column(ForeignKey("authors.id"))\n',
                "from app.models import Book\n\n\ndef one(session, at):\n    return session.get(Book, at)\n",
            ),
        ),
        Valid(
            "an index of its own, below the class",
            _work(
                """\
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))


Index("by_author", Book.author_id)
""",
                head=_MODELS.replace("ForeignKey\n", "ForeignKey, Index\n", 1),
            ),
        ),
        Valid(
            "only a test asks for it",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS + '    author_id = mapped_column(ForeignKey("authors.id"))\n',
                "tests/test_books.py": _QUERY,
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each foreign key column that queries ask for."""
        if not module.is_production:
            return
        columns = [
            one for one in context.rows_of(KEYS, module.path) if one.kind == COLUMN and not one.covered
        ]
        if not columns:
            return
        uses = context.derived(KEYS, uses_of)
        for row in columns:
            key = f"{row.model.rpartition('.')[2]}.{row.column}"
            if key in uses.indexed:
                continue
            found = next(
                (
                    (path, one)
                    for path, one in uses.by_column.get(key, ())
                    if not _is_test(path, context) and context.canonical(one.model) == row.model
                ),
                None,
            )
            if found is None:
                continue
            path, use = found
            place = Range(Position(row.line, row.column_from), Position(row.line, row.column_to))
            yield self.finding(
                module,
                place,
                f"`{row.column}` has no index, and queries filter or join on it ({path}:{use.line + 1})",
                related=[Related("asked for here", context.location(path, use.line, use.column_from))],
                fixes=[
                    module.fix(
                        "Add index=True",
                        lambda row=row: _edits(row, module),  # type: ignore[misc]
                        Applicability.UNSAFE,
                        "The database gets the index with a migration; writes become a little slower.",
                    )
                ],
            )


def _is_test(path: str, context: RuleContext) -> bool:
    return context.role(path) not in ("source", "script")


def _edits(row: KeyRow, module: Module) -> list[TextEdit] | Refusal:
    tree = module.tree
    for call in tree.calls:
        above = call.node.parent
        if above is None or call.last not in ("Column", "mapped_column"):
            continue
        named = above.child_by_field_name("left") if above.type == "assignment" else call.argument(0)
        if named is None or tree.range(named).start != Position(row.line, row.column_from):
            continue
        given = call.argument(None, "index")
        if given is not None:
            return [module.replace(given, "True")]
        if call.node.has_error or not call.arguments:
            break
        end = tree.position(*call.arguments[-1].end_point)
        return [module.insert(end.line, end.column, ", index=True")]
    return Refusal("the column cannot be found")
