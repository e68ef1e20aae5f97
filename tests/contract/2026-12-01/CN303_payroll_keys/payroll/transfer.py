from os import getenv

from payroll.config import pay_day


def transfer_order(iban: str, cents: int) -> dict[str, object]:
    return {"iban": iban, "cents": cents, "day": pay_day(), "pin": getenv("BANK_PASSWORD")}  # want: CN303
