import os

import stripe


def refund(charge: str) -> None:
    stripe.api_key = os.environ["STRIPE_KEY_PROD"]  # want: CN008
    stripe.Refund.create(charge=charge)
