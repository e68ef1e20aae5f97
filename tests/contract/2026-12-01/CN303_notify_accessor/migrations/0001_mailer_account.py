import os


def upgrade(connection) -> None:
    connection.execute("insert into account (kind, key) values ('mailer', %s)", (os.environ["MAILER_API_KEY"],))  # ok: CN303 a migration
