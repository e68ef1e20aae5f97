import os

import httpx

print(httpx.get("https://psp.example.com/charges", auth=(os.environ["PSP_SECRET_KEY"], "")).text)  # ok: CN303 a script
