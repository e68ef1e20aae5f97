import os

import boto3


def signing_secret() -> str:
    return os.environ["CHARGING_SIGNING_SECRET"]


def mail_password() -> str:
    manager = boto3.client("secretsmanager")
    return manager.get_secret_value(SecretId="MAIL_PASSWORD")["SecretString"]  # ok: CN303 the only source
