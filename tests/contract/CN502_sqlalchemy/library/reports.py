from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from library.models import Author, Book


def bibliography(session: Session) -> dict[str, list[str]]:
    result = {}
    for author in session.query(Author).all():
        result[author.name] = [book.title for book in author.books]  # want: CN502
    return result


def fast_bibliography(session: Session) -> dict[str, list[str]]:
    result = {}
    for author in session.query(Author).options(selectinload(Author.books)).all():
        result[author.name] = [book.title for book in author.books]  # ok: CN502 loaded with the query
    return result


def prizes(session: Session) -> dict[str, int]:
    result = {}
    for author in session.query(Author).all():
        result[author.name] = len(author.prizes)  # ok: CN502 lazy="selectin" in the model
    return result


def titles(session: Session) -> list[str]:
    lines = []
    for book in session.scalars(select(Book).order_by(Book.title)):
        lines.append(f"{book.title}, {book.author.name}")  # want: CN502
    return lines


def joined_titles(session: Session) -> list[str]:
    statement = select(Book).options(joinedload(Book.author))
    lines = []
    for book in session.scalars(statement):
        lines.append(f"{book.title}, {book.author.name}")  # ok: CN502 joined
    return lines


def keys(session: Session) -> list[int]:
    return [book.author_id for book in session.query(Book)]  # ok: CN502 a column
