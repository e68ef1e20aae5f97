import smtplib
from email.message import EmailMessage


class EnhancedMailSender:  # want: CN002 MailSender
    def __init__(self, host: str, port: int = 25) -> None:
        self.host, self.port = host, port

    def send(self, to: str, subject: str, body: str) -> None:
        message = EmailMessage()
        message["To"] = to
        message["Subject"] = subject
        message.set_content(body)
        with smtplib.SMTP(self.host, self.port) as server:
            server.send_message(message)

    def send_many(self, recipients: list[str], subject: str, body: str) -> None:
        for to in recipients:
            self.send(to, subject, body)


class LabelPrinter:  # ok: CN002 another family
    def __init__(self, device: str) -> None:
        self.device = device

    def send(self, label: str) -> None:
        with open(self.device, "w") as printer:
            printer.write(label)
