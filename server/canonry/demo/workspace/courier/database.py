"""The database: one connection per unit of work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from courier.config import Config


@contextmanager
def session(config: Config) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are kept if the block succeeds and undone if it does not."""
    connection = sqlite3.connect(config.database)
    try:
        yield connection
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()


def save_parcel(connection: sqlite3.Connection, number: str, slug: str, price: str) -> None:
    """Store a parcel, or change the stored one."""
    connection.execute(
        "INSERT INTO parcels (number, slug, price) VALUES (?, ?, ?) "
        "ON CONFLICT (number) DO UPDATE SET slug = excluded.slug, price = excluded.price",
        (number, slug, price),
    )
