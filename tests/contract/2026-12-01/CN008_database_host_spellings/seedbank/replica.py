import os

from sqlalchemy import URL

PRIMARY = os.environ.get("DATABASE_HOST")
REPLICA = os.environ.get("REPLICA_DATABASE_HOST")  # ok: CN008 one word more, another host


def replica_url(name: str) -> URL:
    return URL.create("postgresql", host=REPLICA or PRIMARY, database=name)
