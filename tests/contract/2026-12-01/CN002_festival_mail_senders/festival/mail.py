import smtplib
from email.message import EmailMessage


class EmailSender:
    def __init__(self, host: str, sender: str) -> None:
        self.host = host
        self.sender = sender

    def send(self, to: str, subject: str, body: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message.set_content(body)
        with smtplib.SMTP(self.host) as smtp:
            smtp.send_message(message)

    def send_many(self, to: list[str], subject: str, body: str) -> int:
        for address in to:
            self.send(address, subject, body)
        return len(to)
