from backend.db.database_manager import DatabaseManager

manager = DatabaseManager("postgresql://db/app")


def startup():
    manager.connect()
