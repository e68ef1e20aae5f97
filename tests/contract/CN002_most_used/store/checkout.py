from store.payments.new_gateway import NewPaymentGateway


def pay(customer: str, cents: int) -> str:
    return NewPaymentGateway("live").charge(customer, cents)
