import smtplib
from email.message import EmailMessage


class EmailSender:  # want: CN002
    def build(self, to: str, subject: str, body: str) -> EmailMessage:
        result = EmailMessage()
        result["To"] = to
        result["Subject"] = subject
        result.set_content(body)
        return result

    def send(self, message: EmailMessage) -> None:
        server = smtplib.SMTP("localhost")
        server.send_message(message)
        server.quit()
