import asyncpg
from psycopg2.pool import ThreadedConnectionPool


async def load_order(pool: asyncpg.Pool, order_id: int) -> dict:
    conn = await pool.acquire()  # want: CN104
    row = await conn.fetchrow("select * from orders where id = $1", order_id)
    await pool.release(conn)
    return dict(row)


class Reports:
    def __init__(self, dsn: str) -> None:
        self.pool = ThreadedConnectionPool(1, 5, dsn)

    def daily(self, day: str) -> list:
        conn = self.pool.getconn()  # want: CN104
        cursor = conn.cursor()
        cursor.execute("select * from daily where day = %s", (day,))
        rows = cursor.fetchall()
        self.pool.putconn(conn)
        return rows
