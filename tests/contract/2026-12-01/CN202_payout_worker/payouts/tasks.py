import logging
import traceback

import httpx
from celery import shared_task

logger = logging.getLogger(__name__)


class PayoutRefused(Exception):
    pass


@shared_task(bind=True, max_retries=3)
def send_payout(self, payout_id: int) -> str:
    try:
        answer = httpx.post("https://bank.example.com/payouts", json={"id": payout_id})
        answer.raise_for_status()
    except httpx.HTTPError as exc:
        logger.error("payout %s failed: %s", payout_id, exc)  # want: CN202
        return "failed"
    return answer.json()["reference"]


@shared_task
def settle_day(day: str) -> int:
    try:
        return len(httpx.get(f"https://bank.example.com/days/{day}").json())
    except Exception as exc:
        logger.error("settling %s: %s", day, exc, exc_info=True)  # ok: CN202 exc_info
        return 0


@shared_task
def check_balance(account: str) -> float:
    try:
        return float(httpx.get(f"https://bank.example.com/accounts/{account}").text)
    except ValueError as exc:
        logger.critical(f"balance of {account} is no number: {exc}")  # want: CN202
        return 0.0


@shared_task
def refund(payment: str) -> None:
    try:
        httpx.delete(f"https://bank.example.com/payments/{payment}").raise_for_status()
    except httpx.HTTPStatusError as exc:
        logger.error("refund of %s: %s", payment, exc)  # ok: CN202 raised right after
        raise PayoutRefused(payment) from exc


@shared_task
def reconcile(rows: list[dict]) -> list[str]:
    odd = []
    for row in rows:
        try:
            odd.append(row["reference"].upper())
        except AttributeError as exc:
            logger.error("row %r: %r", row, exc)  # ok: CN202 repr names the type
        except KeyError:
            logger.error("row without reference\n%s", traceback.format_exc())  # ok: CN202 the traceback is in it
    if not odd:
        logger.error("nothing to reconcile in %d rows", len(rows))  # ok: CN202 no handler, no exception
    return odd
