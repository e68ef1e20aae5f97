from etl.batching import chunked


class Loader:
    def __init__(self, connection, batch_size: int = 500) -> None:
        self.connection = connection
        self.batch_size = batch_size

    def load(self, table: str, rows: list[dict]) -> int:
        done = 0
        for batch in chunked(rows, self.batch_size):
            self.connection.insert_many(table, batch)
            done += len(batch)
        return done
