import sqlite3


def open_ledger(path: str) -> sqlite3.Connection:  # canonry: superseded-by ledger.connection.connect
    return sqlite3.connect(path, isolation_level=None)


def connect(path: str, *, readonly: bool = False) -> sqlite3.Connection:
    mode = "ro" if readonly else "rwc"
    return sqlite3.connect(f"file:{path}?mode={mode}", uri=True)
