import httpx
import requests


def prices(name):
    return requests.get(f"https://partner.example.com/prices/{name}", timeout=3).json()


def stock(base, name):
    with httpx.Client(base_url=base) as client:
        return client.get("/stock").json()
