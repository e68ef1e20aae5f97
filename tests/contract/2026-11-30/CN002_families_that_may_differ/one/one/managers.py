class SessionManager:  # ok: CN002 other object, inheritance, other service, backends
    def __init__(self, store):
        self.store = store

    def create(self, user):
        return self.store.add(user)

    def get(self, key):
        return self.store.find(key)

    def expire(self, key):
        self.store.drop(key)


class EnhancedSessionManager(SessionManager):
    def create(self, user):
        session = super().create(user)
        session.flags = {"enhanced"}
        return session


class OrderManager:
    def __init__(self, repository):
        self.repository = repository

    def create(self, order):
        return self.repository.insert(order)

    def get(self, number):
        return self.repository.by_number(number)

    def ship(self, number):
        self.get(number).state = "shipped"


class BaseReport:
    def render(self):
        raise NotImplementedError

    def title(self):
        return type(self).__name__


class SalesReport(BaseReport):
    def render(self):
        return "sales"


class StockReport(BaseReport):
    def render(self):
        return "stock"
