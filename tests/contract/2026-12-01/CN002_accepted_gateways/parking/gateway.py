import httpx


class PaymentGateway:
    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def authorize(self, plate: str, cents: int) -> str:
        reply = self.http.post("/payments", json={"reference": plate, "amount": cents})
        reply.raise_for_status()
        return reply.json()["id"]

    def capture(self, payment: str) -> None:
        self.http.post(f"/payments/{payment}/capture").raise_for_status()

    def refund(self, payment: str, cents: int) -> None:
        self.http.post(f"/payments/{payment}/refunds", json={"amount": cents}).raise_for_status()
