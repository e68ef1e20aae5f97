import psycopg_pool


class UnifiedDatabaseManager:  # want: CN002
    """One manager for all databases of the clinic."""

    def __init__(self, dsn: str, size: int) -> None:
        self.pool = psycopg_pool.ConnectionPool(dsn, min_size=1, max_size=size, open=True)

    def connect(self):
        return self.pool.getconn(timeout=3)

    def session(self):
        return self.pool.connection()

    def health(self) -> bool:
        stats = self.pool.get_stats()
        return stats.get("pool_available", 0) > 0

    def close(self) -> None:
        self.pool.close(timeout=10)
