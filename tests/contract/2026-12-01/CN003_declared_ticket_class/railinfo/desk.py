from datetime import UTC, datetime

from railinfo.support import Ticket


def open_case(subject: str) -> Ticket:
    return Ticket(subject, datetime.now(UTC))
