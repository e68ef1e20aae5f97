import os

import httpx


def charge(cents: int, source: str) -> str:
    answer = httpx.post(
        f"https://{os.environ['PSP_REGION']}.psp.example.com/charges",  # ok: CN303 no secret
        data={"amount": cents, "source": source},
        auth=(os.environ["PSP_SECRET_KEY"], ""),
    )
    return answer.json()["id"]
