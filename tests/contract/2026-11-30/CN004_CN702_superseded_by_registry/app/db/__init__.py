from app.db.manager import DatabaseManager

__all__ = ["DatabaseManager"]
