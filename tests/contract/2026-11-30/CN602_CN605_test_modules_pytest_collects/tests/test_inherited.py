from tests.base import BaseSuite


class TestSqlite(BaseSuite):
    url = "sqlite://"
