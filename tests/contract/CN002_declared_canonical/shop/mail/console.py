class BaseEmailSender:  # ok: CN002 accepted beside the canonical one
    def build(self, to: str, subject: str, body: str) -> str:
        return f"To: {to}\nSubject: {subject}\n\n{body}"

    def send(self, message: str) -> None:
        print(message)
