import smtplib
from email.message import EmailMessage


class EnhancedEmailSender:  # ok: CN002 declared canonical, whatever its name
    def __init__(self, host: str) -> None:
        self.host = host

    def build(self, to: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["To"], message["Subject"] = to, subject
        message.set_content(body)
        return message

    def send(self, message: EmailMessage) -> None:
        with smtplib.SMTP(self.host) as server:
            server.send_message(message)
