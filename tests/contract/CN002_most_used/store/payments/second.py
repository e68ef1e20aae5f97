from decimal import Decimal


class PaymentGatewayV2:  # want: CN002
    def __init__(self, session) -> None:
        self.session = session

    def charge(self, customer: str, amount: Decimal) -> str:
        response = self.session.post("/v2/charge", data={"who": customer, "sum": str(amount)})
        return response.headers["Location"]

    def refund(self, charge: str) -> None:
        self.session.delete(f"/v2/charge/{charge}")
