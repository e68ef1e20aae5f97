from accounts.models import Account  # ok: CN401 allowed in the settings


def deliver(number: str) -> Account:
    return Account(owner=number)
