import os

from sqlalchemy import URL, create_engine

ENGINE = create_engine(URL.create("postgresql", host=os.environ["DATABASE_HOST"], database=os.environ["DATABASE_NAME"]))
