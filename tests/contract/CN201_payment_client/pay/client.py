import logging

import requests

logger = logging.getLogger(__name__)


class PaymentClient:
    def __init__(self, base: str) -> None:
        self.base = base

    def balance(self, account: str) -> int | None:
        try:
            return requests.get(f"{self.base}/accounts/{account}", timeout=5).json()["balance"]
        except Exception as error:  # want: CN201
            logger.debug("no balance: %s", error)
            return None

    def history(self, accounts: list[str]) -> list[dict]:
        entries = []
        for account in accounts:
            try:
                entries += requests.get(f"{self.base}/history/{account}", timeout=5).json()
            except Exception:  # want: CN201
                logger.info("no history of %s", account)
                continue
        return entries

    def limits(self) -> dict:
        try:
            return requests.get(f"{self.base}/limits", timeout=5).json()
        except Exception:  # ok: CN201 a warning is seen
            logger.warning("no limits", exc_info=True)
            return {}

    def close(self, account: str) -> None:
        try:
            requests.delete(f"{self.base}/accounts/{account}", timeout=5)
        except Exception:  # ok: CN201 raised again
            logger.debug("cannot close %s", account)
            raise
