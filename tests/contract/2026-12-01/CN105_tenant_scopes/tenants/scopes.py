from contextlib import asynccontextmanager, closing, contextmanager
from typing import AsyncIterator, Iterator

from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

Sessions = sessionmaker(bind=create_engine("postgresql://tenants/main"))


@contextmanager
def billing_scope(tenant: str) -> Iterator[Session]:
    session = Sessions()
    session.execute(text("set search_path to :tenant"), {"tenant": tenant})
    try:
        yield session  # want: CN105
        session.commit()
        session.close()
    except Exception:
        session.rollback()
        session.close()
        raise


@asynccontextmanager
async def audit_scope(bind, actor: str) -> AsyncIterator[AsyncSession]:
    audit = AsyncSession(bind)
    audit.info["actor"] = actor
    try:
        yield audit  # want: CN105
    finally:
        await audit.commit()
        await audit.close()


@contextmanager
def report_scope(timeout_ms: int) -> Iterator[Session]:
    with closing(Sessions()) as reader:
        reader.execute(text(f"set statement_timeout = {int(timeout_ms)}"))
        yield reader  # ok: CN105 closing() closes it


@contextmanager
def import_scope(batch: list[dict]) -> Iterator[Session]:
    writer = Sessions(autoflush=False)
    try:
        writer.info["batch"] = len(batch)
        yield writer  # ok: CN105 closed in finally, committed before
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.close()


def invoice_numbers(session: Session, year: int) -> Iterator[str]:
    for row in session.execute(text("select number from invoice where year = :year"), {"year": year}):
        yield row.number  # ok: CN105 rows of the caller's session


@contextmanager
def advisory_lock(session: Session, key: int) -> Iterator[None]:
    session.execute(text("select pg_advisory_lock(:key)"), {"key": key})
    try:
        yield  # ok: CN105 yields nothing, the session is the caller's
    finally:
        session.execute(text("select pg_advisory_unlock(:key)"), {"key": key})
