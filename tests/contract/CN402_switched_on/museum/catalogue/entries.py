from . import numbering  # want: CN402
from .numbering import next_number  # want: CN402
from ..loans import Loan  # want: CN402
from museum.loans import due  # ok: CN402 absolute


class Entry:
    def __init__(self, title: str) -> None:
        self.title = title
        self.number = next_number(numbering.PREFIX)

    def lend(self, to: str) -> Loan:
        return Loan(self.number, to, due())
