import os
import urllib.request


def call(ship: str) -> bytes:
    url = os.environ["HARBOUR_PILOT_URL"]  # want: CN301 pilot_url
    return urllib.request.urlopen(f"{url}/{ship}").read()


def radio() -> str:
    return os.environ.get("HARBOUR_RADIO_CHANNEL", "16")  # ok: CN301 nothing serves this key
