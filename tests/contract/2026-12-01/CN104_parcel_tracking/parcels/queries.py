import asyncpg
from psycopg2.pool import ThreadedConnectionPool


async def last_scan(pool: asyncpg.Pool, parcel: str) -> str | None:
    connection = await pool.acquire()  # want: CN104
    place = await connection.fetchval("select place from scan where parcel = $1 order by at desc", parcel)
    await pool.release(connection)
    return place


async def mark_delivered(pool: asyncpg.Pool, parcel: str) -> None:
    async with pool.acquire() as connection:  # ok: CN104 a context manager
        await connection.execute("update parcel set delivered = now() where id = $1", parcel)


async def depot_load(pool: asyncpg.Pool) -> dict[str, int]:
    connection = await pool.acquire()  # ok: CN104 released in finally
    try:
        rows = await connection.fetch("select depot, count(*) n from parcel group by depot")
        return {row["depot"]: row["n"] for row in rows}
    finally:
        await pool.release(connection)


async def borrow(pool: asyncpg.Pool) -> asyncpg.Connection:
    return await pool.acquire()  # ok: CN104 the caller gets it


def heavy_parcels(pool: ThreadedConnectionPool, kilos: float) -> list[str]:
    link = pool.getconn()  # want: CN104
    cursor = link.cursor()
    cursor.execute("select id from parcel where kilos > %s", (kilos,))
    found = [row[0] for row in cursor.fetchall()]
    pool.putconn(link)
    return found


def archive_year(pool: ThreadedConnectionPool, year: int) -> int:
    link = pool.getconn()  # ok: CN104 put back in finally
    try:
        with link, link.cursor() as cursor:
            cursor.execute("call archive_parcels(%s)", (year,))
            return cursor.rowcount
    finally:
        pool.putconn(link)
