import os


def tax_office_token() -> str:
    return os.environ["TAX_OFFICE_TOKEN"]  # ok: CN303 the accessor


def bank_password() -> str:
    return os.environ["BANK_PASSWORD"]  # ok: CN303 the accessor


def pay_day() -> int:
    return int(os.environ["PAY_DAY"])  # ok: CN303 no secret
