from notify.config import sms_password


def sms_headers(sender: str) -> dict[str, str]:
    return {"Authorization": f"Basic {sender}:{sms_password()}"}  # ok: CN303 through the accessor
