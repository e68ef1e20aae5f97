import os

import stripe


def charge(amount: int, customer: str):
    stripe.api_key = os.environ["STRIPE_API_KEY"]
    return stripe.Charge.create(amount=amount, customer=customer, currency="eur")
