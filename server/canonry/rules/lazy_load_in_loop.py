"""CN502: one more query for each row of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.models import MODELS, Models, Relation, models_of
from canonry.rules.facts.queries import QueryExpression, Reader
from canonry.syntax import ModuleTree
from canonry.syntax.tree import block_of

_MODELS = """\
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author")
    awards: Mapped[list["Award"]] = relationship(lazy="selectin")


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
"""
_DJANGO = """\
from django.db import models


class Author(models.Model):
    name = models.TextField()


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    title = models.TextField()
"""


class LazyLoadInLoop(Rule):
    """## What it does
    Finds a relationship (SQLAlchemy's `relationship()`, Django's `ForeignKey` and the attributes on its
    other side) that is read on the variable of a loop over a query, where the query does not load it.

    ## Why is this bad?
    Each turn of the loop sends one more query: a page that was fast with ten rows takes seconds with a
    thousand. Other linters do not know which attributes are relationships; the index does.

    ## Example
    ```python
    for book in session.scalars(select(Book)):
        print(book.author.name)
    ```

    ## Use instead
    ```python
    for book in session.scalars(select(Book).options(selectinload(Book.author))):
        print(book.author.name)
    ```

    ## When it stays silent
    - the query loads it (`selectinload`, `joinedload`, `select_related`, `prefetch_related`...), the model
      does (`lazy="selectin"`), or Django's manager of the model may
    - the query, its model or what is done with it in between cannot be told
    - a write, and what is a query of its own anyway (`author.books.filter(...)`)
    - a loop that ends in its first turn; tests and migrations
    """

    code: ClassVar[str] = "CN502"
    name: ClassVar[str] = "lazy-load-in-loop"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "SQLAlchemy: each book's author is asked for by itself",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS,
                "app/report.py": """\
from sqlalchemy import select

from app.models import Book


def report(session):
    for book in session.scalars(select(Book).where(Book.id > 5)).all():
        print(book.author.name)  # want: CN502 `author`
""",
            },
            fixed={
                "app/report.py": """\
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.models import Book


def report(session):
    for book in session.scalars(select(Book).options(selectinload(Book.author)).where(Book.id > 5)).all():
        print(book.author.name)
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the query is made some lines before, the loop is a comprehension",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS,
                "app/report.py": """\
from app.models import Author


def titles(session, name):
    authors = session.query(Author).order_by(Author.name)
    if name:
        authors = authors.filter(Author.name == name)
    return [[book.title for book in author.books] for author in authors]  # want: CN502 `books`
""",
            },
            fixed={
                "app/report.py": """\
from sqlalchemy.orm import selectinload

from app.models import Author


def titles(session, name):
    authors = session.query(Author).options(selectinload(Author.books)).order_by(Author.name)
    if name:
        authors = authors.filter(Author.name == name)
    return [[book.title for book in author.books] for author in authors]
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the other side of a relationship, which `backref(...)` makes",
            {
                "app/models.py": """\
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class Hall(Base):
    __tablename__ = "halls"
    id = Column(Integer, primary_key=True)


class Show(Base):
    __tablename__ = "shows"
    id = Column(Integer, primary_key=True)
    hall_id = Column(Integer, ForeignKey("halls.id"), index=True)
    hall = relationship(Hall, backref=backref("shows"))
    warm = relationship(Hall, backref=backref("openings", lazy="selectin"))
""",
                "app/report.py": """\
from sqlalchemy import select
from app.models import Hall


async def sizes(session):
    result = await session.scalars(select(Hall))
    found = {}
    for hall in result.all():
        found[hall.id] = len(hall.shows)  # want: CN502 shows
        found[-hall.id] = len(hall.openings)
    return found
""",
            },
        ),
        Invalid(
            "Django: a foreign key",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "shop/views.py": """\
from shop.models import Book


def index(request):
    return {book.title: book.author.name for book in Book.objects.all()}  # want: CN502 `author`
""",
            },
            fixed={
                "shop/views.py": """\
from shop.models import Book


def index(request):
    return {book.title: book.author.name for book in Book.objects.select_related("author").all()}
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "Django: the other side of a foreign key",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "shop/views.py": """\
from shop.models import Author


def index(request):
    shelves = []
    for author in Author.objects.filter(name__startswith="A"):
        shelves.append(list(author.books.all()))  # want: CN502 prefetch_related
    for other in Author.objects.all():
        shelves.append(other.books.count())  # want: CN502 prefetch_related
    return shelves
""",
            },
            fixed={
                "shop/views.py": """\
from shop.models import Author


def index(request):
    shelves = []
    for author in Author.objects.prefetch_related("books").filter(name__startswith="A"):
        shelves.append(list(author.books.all()))
    for other in Author.objects.all():
        shelves.append(other.books.count())
    return shelves
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "asynchronous, through a result",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS,
                "app/report.py": """\
from sqlalchemy import select

from app.models import Book


async def report(session):
    result = await session.execute(select(Book))
    for number, book in enumerate(result.scalars().all()):
        print(number, book.author)  # want: CN502 `author`
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "the query loads it",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS,
                "app/report.py": """\
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.models import Author, Book


def report(session, options):
    for book in session.scalars(select(Book).options(joinedload(Book.author))):
        print(book.author.name)
    for author in session.query(Author).options(*options).all():
        print(author.books)
""",
            },
        ),
        Valid(
            "the model loads it, and a column is no relationship",
            {
                "app/__init__.py": "",
                "app/models.py": _MODELS,
                "app/report.py": """\
from sqlalchemy import select

from app.models import Author, Book


def report(session):
    for author in session.scalars(select(Author)):
        print(author.awards, author.name)
    for book in session.scalars(select(Book)):
        print(book.author_id)
""",
            },
        ),
        Valid(
            "Django loads it, or gives no models",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "shop/views.py": """\
from django.db.models import Prefetch

from shop.models import Author, Book


def index(request):
    books = Book.objects.filter(title="A")
    books = books.select_related("author__publisher")
    names = [book.author.name for book in books]
    names += [book.author.name for book in Book.objects.values_list("title", named=True)]
    for author in Author.objects.prefetch_related(Prefetch("books", queryset=Book.objects.all())):
        names.append(author.books.all())
    return names
""",
            },
        ),
        Valid(
            "a manager of the model's own loads it",
            {
                "shop/__init__.py": "",
                "shop/models.py": """\
from django.db import models


class BookManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("author")


class Author(models.Model):
    name = models.TextField()


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    objects = BookManager()
""",
                "shop/views.py": """\
from shop.models import Book


def names():
    return [book.author.name for book in Book.objects.all()]
""",
            },
        ),
        Valid(
            "where the rows come from cannot be told",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "shop/views.py": """\
from shop.models import Book


def index(request, books, published):
    names = [book.author.name for book in books]
    if published:
        books = Book.objects.for_readers()
    for book in books:
        names.append(book.author.name)
    return names
""",
            },
        ),
        Valid(
            "a write, a query of its own, and a loop of one turn",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "shop/views.py": """\
from shop.models import Author, Book


def move(somebody):
    for book in Book.objects.all():
        book.author = somebody
        book.save()
    for author in Author.objects.all():
        print(author.books.filter(title="A").count())
        author.books.add(somebody)
    for book in Book.objects.order_by("title"):
        return book.author
""",
            },
        ),
        Valid(
            "tests load what they like",
            {
                "shop/__init__.py": "",
                "shop/models.py": _DJANGO,
                "tests/test_models.py": """\
from shop.models import Book


def test_names():
    assert [book.author.name for book in Book.objects.all()] == []
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each relationship that a loop reads on its variable."""
        data = module.tree.data
        if not module.is_production or not any(one in data for one in (b".objects", b"query", b"select(")):
            return
        models = context.derived(MODELS, models_of)
        if not models.relations:
            return
        tree = module.tree

        def is_model(name: str) -> bool:
            return models.has_relations(context.canonical(name))

        reader: Reader | None = None
        for variable, source, bodies in _loops(module):
            if reader is None:
                reader = Reader(tree, is_model)
            query = reader.read(source, tree.scopes.at(source.start_byte), source.start_byte)
            if query is None or query.rows or any(_assigns(variable, body, tree) for body in bodies):
                continue
            told: set[str] = set()
            for body in bodies:
                for read, relation in _reads(body, variable, query, models, module, context):
                    if relation.attribute not in told and _is_lazy(relation, query, models, module, context):
                        told.add(relation.attribute)
                        yield self._finding_of(read, relation, query, module)

    def _finding_of(self, read: Node, relation: Relation, query: QueryExpression, module: Module) -> Finding:
        model, name = query.model.rpartition(".")[2], relation.attribute
        if relation.framework == "django":
            load = f'{"prefetch_related" if relation.many else "select_related"}("{name}")'
        else:
            load = f"options(selectinload({module.tree.text(query.model_node)}.{name}))"
        return self.finding(
            module,
            read,
            f"`{name}` of each `{model}` is read from the database by itself; load it "
            f"with the query: `.{load}`",
            fixes=[_fix(load, relation, query, module)],
        )


def _assigns(name: str, body: Node, tree: ModuleTree) -> bool:
    """Whether a loop's body gives its variable another value."""
    return any(
        (left := one.child_by_field_name("left")) is not None and tree.text(left) == name
        for one in tree.nodes("assignment", within=body)
    )


def _loops(module: Module) -> Iterator[tuple[str, Node, list[Node]]]:
    """Each loop's variable, what it goes through, and the nodes in which the variable is meant."""
    tree = module.tree
    for node in tree.nodes("for_statement"):
        right, body = node.child_by_field_name("right"), node.child_by_field_name("body")
        found = _variable(node, right, module)
        if found is not None and body is not None and not _ends_at_once(node):
            yield found[0], found[1], [body]
    for node in tree.nodes(
        "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"
    ):
        clause = next((one for one in node.named_children if one.type == "for_in_clause"), None)
        right = clause.child_by_field_name("right") if clause is not None else None
        found = _variable(clause, right, module) if clause is not None else None
        if found is not None and clause is not None:
            yield found[0], found[1], [one for one in node.named_children if one.id != clause.id]


def _variable(node: Node, right: Node | None, module: Module) -> tuple[str, Node] | None:
    left = node.child_by_field_name("left")
    if left is None or right is None:
        return None
    tree = module.tree
    if left.type == "identifier":
        return tree.text(left), right
    if right.type == "call" and left.named_child_count == 2:
        call = tree.calls_within(right)[0]
        last = left.named_children[1]
        first = call.argument(0)
        if call.name == "builtins.enumerate" and last.type == "identifier" and first is not None:
            return tree.text(last), first
    return None


def _ends_at_once(loop: Node) -> bool:
    statements = block_of(loop)
    return bool(statements) and statements[-1].type in (
        "return_statement",
        "break_statement",
        "raise_statement",
    )


def _reads(
    body: Node, variable: str, query: QueryExpression, models: Models, module: Module, context: RuleContext
) -> Iterator[tuple[Node, Relation]]:
    """The reads of relations on a variable, in order."""
    tree, model = module.tree, context.canonical(query.model)
    pattern = variable.encode() + b"."
    if pattern not in tree.data[body.start_byte : body.end_byte]:
        return
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "attribute":
            held, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
            if held is not None and name is not None and held.type == "identifier":
                if tree.text(held) == variable:
                    relation = models.relation(model, tree.text(name))
                    if relation is not None and not _is_written(node) and _is_whole(node, relation, module):
                        yield node, relation
                continue
        waiting.extend(reversed(node.named_children))


def _is_written(node: Node) -> bool:
    above = node.parent
    if above is None or above.type in ("delete_statement", "augmented_assignment"):
        return True
    left = above.child_by_field_name("left") if above.type == "assignment" else None
    return left is not None and left.id == node.id


def _is_whole(node: Node, relation: Relation, module: Module) -> bool:
    """Whether all related rows are read: `author.books.all()`, or how many; a single one by any read."""
    if relation.framework != "django" or not relation.many:
        return True
    above = node.parent
    name = above.child_by_field_name("attribute") if above is not None and above.type == "attribute" else None
    text = module.tree.text(name) if name is not None else ""
    if text != "all":
        return text in ("count", "exists")
    call = above.parent if above is not None else None
    further = call.parent if call is not None else None
    return further is None or further.type not in ("attribute", "subscript")


def _is_lazy(
    relation: Relation, query: QueryExpression, models: Models, module: Module, context: RuleContext
) -> bool:
    if relation.eager or query.loads(relation.attribute) or relation.framework != query.framework:
        return False
    if b"prefetch_related_objects" in module.tree.data:
        return False
    return relation.framework != "django" or models.plain_manager(context.canonical(query.model))


def _fix(load: str, relation: Relation, query: QueryExpression, module: Module) -> OfferedFix:
    tree = module.tree

    def edits() -> list[TextEdit] | Refusal:
        if query.base.has_error:
            return Refusal("the query has a syntax error")
        end = tree.position(*query.base.end_point)
        found = [module.insert(end.line, end.column, f".{load}")]
        if relation.framework == "sqlalchemy":
            known = tree.scopes.module.bound.get("selectinload")
            if known is None:
                found.append(module.import_name("sqlalchemy.orm", "selectinload"))
            elif known != "sqlalchemy.orm.selectinload":
                return Refusal("the name `selectinload` stands for something else here")
        return found

    return module.fix(
        f"Add `.{load}`",
        edits,
        Applicability.UNSAFE,
        "The related rows are read with the query, also those that the loop would not have asked for.",
    )
