from app.db.manager import DatabaseManager


class NewDatabaseManager(DatabaseManager):  # ok: CN002 it inherits from the canonical one
    def execute(self, statement: str, parameters: tuple = ()) -> list[tuple]:
        rows = super().execute(statement, parameters)
        print(statement, len(rows))
        return rows
