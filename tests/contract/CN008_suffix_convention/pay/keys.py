import os


def stripe_key(stage: str) -> str:
    if stage == "production":
        return os.environ["STRIPE_KEY_PRODUCTION"]
    return os.environ["STRIPE_KEY_STAGING"]  # ok: CN008 by the convention
