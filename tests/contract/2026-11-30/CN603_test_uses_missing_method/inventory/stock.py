class StockService:
    """Counts what lies in the warehouse."""

    limit = 100

    def __init__(self, repository):
        self.repository = repository
        self.changes = []

    def add(self, sku, count):
        self.changes.append((sku, count))
        return self.repository.save(sku, count)

    def available(self, sku):
        return self.repository.load(sku)

    @property
    def change_count(self):
        return len(self.changes)
