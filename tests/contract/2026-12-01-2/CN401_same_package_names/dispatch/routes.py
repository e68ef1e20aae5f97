"""Routes of the couriers."""
from __future__ import annotations

import stripe  # ok: CN401 the library, not the service that is called so

from dispatch import zones  # ok: CN401 the same service


def tip(courier: str, cents: int) -> str:
    intent = stripe.PaymentIntent.create(amount=cents, currency="eur", metadata={"courier": courier})
    return intent.id


def assign(parcels: list[str], couriers: list[str]) -> dict[str, str]:
    return {parcel: couriers[zones.zone_of(parcel) % len(couriers)] for parcel in parcels}


def bridge_for(parcel: str):
    if zones.zone_of(parcel) > 5:
        import stripe_bridge.refunds as refunds  # want: CN401

        return refunds.refund
    return None
