from email.message import EmailMessage


class EmailSenderV2:  # want: CN002
    def __init__(self, client) -> None:
        self.client = client

    def build(self, to: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message.add_header("To", to)
        message.add_header("Subject", subject)
        message.set_content(body)
        return message

    def send(self, message: EmailMessage) -> None:
        self.client.post("/messages", data=message.as_bytes())
