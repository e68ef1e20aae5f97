import os


def exchange(code: str) -> dict[str, str | None]:
    return {"code": code, "client_id": os.environ.get("GOOGLE_OAUTH_CLIENT_ID")}
