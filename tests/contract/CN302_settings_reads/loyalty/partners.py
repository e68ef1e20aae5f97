import os

import requests


def partner_points(customer: str) -> int:
    host = os.environ["PARTNER_HOST"]
    password = os.getenv("PARTNER_PASSWORD", default="partner123")  # want: CN302
    answer = requests.get(f"https://{host}/points/{customer}", auth=("shop", password), timeout=5)
    return answer.json()["points"]
