import os

from sqlalchemy import create_engine


def engine(url: str):
    return create_engine(url, pool_size=int(os.environ.get("DB_POOL_SIZE", "5")))  # want: CN008
