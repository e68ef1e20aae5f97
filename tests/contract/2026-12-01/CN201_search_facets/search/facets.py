import logging
from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

_log = logging.getLogger("search")


def brand_facet(session: Session, term: str) -> dict[str, int]:
    try:
        rows = session.execute(text("select brand, n from brand_facet where term = :term"), {"term": term})
        return {row.brand: row.n for row in rows}
    except SQLAlchemyError as problem:  # want: CN201
        _log.debug("facet query failed: %s", problem)
        return {}


def price_range(session: Session) -> tuple[int, int]:
    try:
        low, high = session.execute(text("select min(price), max(price) from product")).one()
    except SQLAlchemyError:  # ok: CN201 an error log stands beside it
        _log.debug("price range")
        _log.exception("no price range")
        return (0, 0)
    return (low, high)


def run_plugins(plugins: list[Callable[[str], str]], query: str) -> str:
    for plugin in plugins:
        try:
            query = plugin(query)
        except Exception:  # want: CN201
            _log.debug("plugin %r dropped out", plugin)
    return query


def synonym(table: dict[str, str], word: str) -> str:
    try:
        return table[word]
    except KeyError:  # ok: CN201 the word is its own synonym
        _log.debug("no synonym of %s", word)
        return word


def read_stopwords(path: str) -> set[str]:
    try:
        handle = open(path, encoding="utf-8")
    except FileNotFoundError:  # ok: CN201 no file, no stop words
        _log.debug("%s does not exist", path)
        return set()
    with handle:
        return set(handle.read().split())


def explain(session: Session, query: str) -> str:
    try:
        return session.execute(text("explain " + query)).scalar_one()
    except SQLAlchemyError:  # ok: CN201 the error goes on
        _log.debug("explain %s", query)
        session.rollback()
        raise
