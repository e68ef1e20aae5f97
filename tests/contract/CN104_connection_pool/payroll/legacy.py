from psycopg2.pool import ThreadedConnectionPool

pool = ThreadedConnectionPool(1, 5, "dbname=payroll")


def employees() -> list[tuple]:
    connection = pool.getconn()  # want: CN104
    cursor = connection.cursor()
    cursor.execute("select id, name from employee")
    rows = cursor.fetchall()
    pool.putconn(connection)
    return rows


def departments() -> list[tuple]:
    connection = pool.getconn()  # ok: CN104 put back in finally
    try:
        with connection.cursor() as cursor:
            cursor.execute("select id, name from department")
            return cursor.fetchall()
    finally:
        pool.putconn(connection)


def export(path: str) -> None:
    stream = open(path, "w")  # ok: CN104 files are left to other tools
    for _, name in employees():
        stream.write(name + "\n")
    stream.close()
