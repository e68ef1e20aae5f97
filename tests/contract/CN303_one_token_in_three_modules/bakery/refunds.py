import os

import requests


def refund(charge: str) -> None:
    key = os.environ["STRIPE_SECRET_KEY"]
    requests.post("https://api.stripe.com/v1/refunds", auth=(key, ""), data={"charge": charge}, timeout=5)
