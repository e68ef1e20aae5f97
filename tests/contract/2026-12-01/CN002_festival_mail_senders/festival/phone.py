import httpx


class SmsSender:  # ok: CN002 another domain object
    def __init__(self, gateway: httpx.Client, origin: str) -> None:
        self.gateway = gateway
        self.origin = origin

    def send(self, to: str, subject: str, body: str) -> None:
        text = f"{subject}: {body}"[:160]
        self.gateway.post("/sms", data={"from": self.origin, "to": to, "text": text})

    def send_many(self, to: list[str], subject: str, body: str) -> int:
        accepted = 0
        for number in set(to):
            if number.startswith("+"):
                self.send(number, subject, body)
                accepted += 1
        return accepted
