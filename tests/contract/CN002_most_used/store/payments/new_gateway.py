import requests


class NewPaymentGateway:
    def __init__(self, key: str) -> None:
        self.key = key

    def charge(self, customer: str, cents: int) -> str:
        answer = requests.post("https://pay.example.com/charges", json={"customer": customer, "amount": cents})
        answer.raise_for_status()
        return answer.json()["id"]

    def refund(self, charge: str) -> None:
        requests.post(f"https://pay.example.com/charges/{charge}/refund").raise_for_status()
