import smtplib
from email.message import EmailMessage


class MailSender:
    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str, subject: str, body: str) -> None:
        message = EmailMessage()
        message["To"], message["Subject"] = to, subject
        message.set_content(body)
        with smtplib.SMTP(self.host) as server:
            server.send_message(message)

    def send_many(self, recipients: list[str], subject: str, body: str) -> None:
        for to in recipients:
            self.send(to, subject, body)

    def verify(self, address: str) -> bool:
        return "@" in address
