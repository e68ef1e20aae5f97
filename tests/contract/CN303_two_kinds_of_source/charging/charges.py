import os

import requests


def charge(customer: str, cents: int) -> dict:
    key = os.environ["STRIPE_API_KEY"]
    return requests.post("https://api.stripe.com/v1/charges", auth=(key, ""), data={"amount": cents}).json()
