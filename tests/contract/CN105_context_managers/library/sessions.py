from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

Factory = sessionmaker(create_engine("sqlite:///library.db"))


@contextmanager
def session_scope():
    session = Factory()
    try:
        yield session  # want: CN105
        session.commit()
    except Exception:
        session.rollback()
        raise
    session.close()


@contextmanager
def reading():
    session = Factory()
    try:
        yield session  # ok: CN105 nothing is committed, closed in finally
    finally:
        session.close()


@contextmanager
def committed_always():
    session = Factory()
    try:
        yield session  # want: CN105
    finally:
        session.commit()
        session.close()


@contextmanager
def numbered(first: int):
    number = first
    yield number  # ok: CN105 no session
    print("last number", number)


def store(session: Session, title: str) -> None:
    session.add(title)
