from datetime import datetime


class Ticket:  # want: CN003
    def __init__(self, subject: str, opened: datetime) -> None:
        self.subject = subject
        self.opened = opened
        self.answers: list[str] = []

    def answer(self, text: str) -> None:
        self.answers.append(text.strip())

    def age_hours(self, now: datetime) -> int:
        return int((now - self.opened).total_seconds() // 3600)
