import os
from dataclasses import dataclass


@dataclass
class Filing:
    employee: str
    gross: int

    def header(self) -> str:
        return "Token " + os.environ["TAX_OFFICE_TOKEN"]  # want: CN303

    def line(self) -> str:
        return f"{self.employee};{self.gross}"
