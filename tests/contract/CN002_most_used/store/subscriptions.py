from store.payments.new_gateway import NewPaymentGateway


def renew(customers: dict[str, int]) -> list[str]:
    gateway = NewPaymentGateway("live")
    return [gateway.charge(customer, price) for customer, price in customers.items()]
