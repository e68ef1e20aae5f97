import requests


def rate(currency: str) -> float:
    return requests.get(f"https://rates.example/{currency}", timeout=3).json()["rate"]


def in_euro(amount: float, currency: str) -> float:
    return amount * rate(currency)
