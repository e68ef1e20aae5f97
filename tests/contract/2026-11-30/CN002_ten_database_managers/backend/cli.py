from backend.db.database_manager import DatabaseManager


def check(url):
    manager = DatabaseManager(url)
    manager.connect()
    return manager.health_check()
