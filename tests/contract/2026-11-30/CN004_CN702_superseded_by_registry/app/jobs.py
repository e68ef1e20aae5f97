from app.db import DatabaseManager
from app.db.old import LegacyDb


class Job:
    def __init__(self, url):
        self.db = LegacyDb(url)  # want: CN004
        self.manager = DatabaseManager(url)
