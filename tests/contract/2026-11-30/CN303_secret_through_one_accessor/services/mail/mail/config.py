import os


def api_key() -> str:  # ok: CN303 one accessor; other services; tests and scripts
    return os.environ["MAIL_API_KEY"]
