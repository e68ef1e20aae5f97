class UserRepository:  # ok: CN002 users are no orders
    def __init__(self, session) -> None:
        self.session = session

    def find(self, key: int):
        return self.session.get("user", key)

    def save(self, user) -> None:
        self.session.add(user)


class OrderRepository:  # ok: CN002 orders are no users
    def __init__(self, session) -> None:
        self.session = session

    def find(self, key: int):
        return self.session.get("order", key)

    def save(self, order) -> None:
        self.session.add(order)
