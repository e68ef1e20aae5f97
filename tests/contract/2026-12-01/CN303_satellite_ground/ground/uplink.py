import hmac
import os


def sign_command(command: bytes) -> str:
    return hmac.new(os.environ["UPLINK_SECRET_KEY"].encode(), command, "sha256").hexdigest()
