from os import environ

from notify.config import mail_api_key, sms_password


class BounceReader:
    def __init__(self, mailbox: list[str]) -> None:
        self.mailbox = mailbox
        self.key = environ.get("MAILER_API_KEY")  # want: CN303

    def bounced(self) -> list[str]:
        return [line for line in self.mailbox if line.startswith("550")]

    def credentials(self) -> tuple[str, str]:
        return mail_api_key(), sms_password()  # ok: CN303 through the accessors
