from parking.batch import PaymentGatewayV2
from parking.gateway import PaymentGateway


def leave(gateway: PaymentGateway, plate: str, cents: int) -> str:
    payment = gateway.authorize(plate, cents)
    gateway.capture(payment)
    return payment


def monthly(gateway: PaymentGatewayV2, plates: dict[str, int]) -> list[str]:
    return [gateway.authorize(plate, cents) for plate, cents in plates.items()]
