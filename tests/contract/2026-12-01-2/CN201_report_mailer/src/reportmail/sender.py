"""Sends the nightly reports by mail."""
import logging
import smtplib
from email.message import EmailMessage

import sentry_sdk

from reportmail.render import render_body

logger = logging.getLogger(__name__)


class DeliveryError(Exception):
    pass


class ReportSender:
    """Delivers reports through one SMTP relay."""

    def __init__(self, relay: smtplib.SMTP, sender: str) -> None:
        self.relay = relay
        self.sender = sender
        self.failed: list[str] = []

    def send(self, recipient: str, title: str, rows: list[dict]) -> bool:
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = recipient
        message["Subject"] = title
        message.set_content(render_body(title, rows))
        try:
            self.relay.send_message(message)
        except smtplib.SMTPException as error:  # want: CN201
            logger.debug("mail to %s was not sent", recipient, exc_info=error)
            return False
        return True

    def send_required(self, recipient: str, message: EmailMessage) -> None:
        try:
            self.relay.send_message(message, to_addrs=[recipient])
        except smtplib.SMTPException as error:  # ok: CN201 goes on as another exception
            logger.debug("relay said %s", error)
            raise DeliveryError(recipient) from error

    def send_digest(self, recipients: list[str], message: EmailMessage) -> int:
        sent = 0
        for recipient in recipients:
            try:
                self.relay.send_message(message, to_addrs=[recipient])
                sent += 1
            except Exception as error:  # ok: CN201 it is handed to the error tracker
                logger.debug("digest skipped for %s", recipient)
                sentry_sdk.capture_exception(error)
        return sent

    def verify(self, recipient: str) -> bool:
        """Whether the relay knows the mailbox."""
        code, _ = self.relay.verify(recipient)
        logger.debug("VRFY %s -> %s", recipient, code)
        return code in (250, 251)
