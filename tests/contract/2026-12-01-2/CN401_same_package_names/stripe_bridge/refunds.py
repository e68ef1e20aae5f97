"""Refunds, the only code that may talk to the refund API."""
import stripe

from stripe_bridge.audit import note  # ok: CN401 the same service


def refund(intent_id: str, cents: int | None = None) -> str:
    result = stripe.Refund.create(payment_intent=intent_id, amount=cents)
    note(intent_id, result.id)
    return result.id
