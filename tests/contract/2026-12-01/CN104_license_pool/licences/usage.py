from psycopg2 import pool

usage_pool = pool.SimpleConnectionPool(1, 4, dbname="usage")


def record(user: str, minutes: int) -> None:
    handle = usage_pool.getconn()  # want: CN104
    handle.cursor().execute("insert into usage values (%s, %s)", (user, minutes))
    handle.commit()
    usage_pool.putconn(handle)
