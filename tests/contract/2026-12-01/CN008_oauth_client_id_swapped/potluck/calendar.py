import os

import httpx

CALENDAR_CLIENT = os.environ["OAUTH_GOOGLE_CLIENT_ID"]  # want: CN008
CALENDAR_REGION = os.environ["GOOGLE_CALENDAR_REGION"]  # ok: CN008 another setting


def invite(http: httpx.Client, token: str, day: str) -> int:
    reply = http.post("/events", params={"client": CALENDAR_CLIENT, "region": CALENDAR_REGION}, json={"day": day, "t": token})
    return reply.status_code
