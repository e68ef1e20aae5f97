import importlib
from typing import TYPE_CHECKING

from accounts.models import Account  # want: CN401
from billing.numbers import next_number
from common.money import cents  # ok: CN401 shared

if TYPE_CHECKING:
    import accounts.models  # want: CN401


class Invoice:
    def __init__(self, account: "accounts.models.Account", amount: str) -> None:
        self.number = next_number()
        self.account: Account = account
        self.amount = cents(amount)

    def forward(self) -> None:
        from gateway.routes import deliver  # want: CN401

        deliver(self.number)

    def archive(self) -> None:
        importlib.import_module("gateway.archive").store(self.number)  # want: CN401

    def render(self, backend: str) -> str:
        return importlib.import_module(backend).render(self)  # ok: CN401 no literal
