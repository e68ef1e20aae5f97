import os


def signing_secret(stage: str) -> str:
    if stage == "production":
        return os.environ["STRIPE_WEBHOOK_PRODUCTION"]
    return os.environ["STRIPE_WEBHOOK_STAGING"]
