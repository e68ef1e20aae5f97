from clinic.notify.mail import MailSender


class SecureMailSender(MailSender):  # ok: CN002 it inherits from it
    def send(self, to: str, subject: str, body: str) -> None:
        super().send(to, f"[secure] {subject}", body)

    def verify(self, address: str) -> bool:
        return address.endswith("@clinic.example") and super().verify(address)
