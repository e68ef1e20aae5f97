from clinic.db.manager import DatabaseManager, ReadOnlyDatabaseManager


def patients_of(manager: DatabaseManager, ward: str) -> list:
    with manager.session() as session:
        return list(session.execute("select * from patients where ward = :w", {"w": ward}))


def reporting(url: str) -> ReadOnlyDatabaseManager:
    return ReadOnlyDatabaseManager(url)
