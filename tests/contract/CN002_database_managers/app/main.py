from pathlib import Path

from app.db.manager import DatabaseManager

manager = DatabaseManager(Path("shop.db"))
