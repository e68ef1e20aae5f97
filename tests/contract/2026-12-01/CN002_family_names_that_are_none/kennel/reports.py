from abc import ABC, abstractmethod


class BaseReport(ABC):  # ok: CN002 the base class of the family
    def __init__(self, rows: list[dict]) -> None:
        self.rows = rows

    def render(self) -> str:
        return "\n".join([self.title(), *self.lines()])

    @abstractmethod
    def title(self) -> str: ...

    def lines(self) -> list[str]:
        return [str(row) for row in self.rows]


class Report(BaseReport):  # ok: CN002 inherits from it
    def title(self) -> str:
        return "Kennel report"


class ReportV2(Report):  # ok: CN002 inherits from the canonical member
    def lines(self) -> list[str]:
        return [f"{row['dog']:<20}{row['nights']:>4}" for row in self.rows]
