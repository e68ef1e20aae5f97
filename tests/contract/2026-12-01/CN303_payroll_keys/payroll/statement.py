import os as system

from payroll import config


def read_statement(lines: list[str]) -> int:
    if system.environ.get("BANK_PASSWORD") is None:  # want: CN303
        raise RuntimeError("no access to the bank")
    return sum(int(line.split(";")[1]) for line in lines)


def login() -> tuple[str, str]:
    return "payroll", config.bank_password()  # ok: CN303 through the accessor
