from psycopg2.pool import ThreadedConnectionPool

pool = ThreadedConnectionPool(1, 5, dsn="dbname=cinema")


def films() -> list[str]:
    connection = pool.getconn()  # want: CN104
    cursor = connection.cursor()
    cursor.execute("select title from films")
    titles = [title for (title,) in cursor.fetchall()]
    pool.putconn(connection)
    return titles


def shows() -> list[str]:
    connection = pool.getconn()  # ok: CN104 given back in finally
    try:
        cursor = connection.cursor()
        cursor.execute("select at from shows")
        return [at for (at,) in cursor.fetchall()]
    finally:
        pool.putconn(connection)
