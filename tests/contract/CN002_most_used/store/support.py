from store.payments.new_gateway import NewPaymentGateway
from store.payments.second import PaymentGatewayV2


def undo(charge: str, session=None) -> None:
    if session is not None:
        PaymentGatewayV2(session).refund(charge)
    else:
        NewPaymentGateway("live").refund(charge)
