import unittest


def build(backend):
    def test_connect(self):
        assert backend

    return type(f"Test{backend.title()}", (unittest.TestCase,), {f"test_{backend}": test_connect})  # want: CN605


TestSqlite = build("sqlite")
