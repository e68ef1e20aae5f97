import os

import psycopg2


def connection():
    return psycopg2.connect(os.environ["MAILROOM_DB_URL"])  # want: CN008 MAILROOM_DATABASE_URL
