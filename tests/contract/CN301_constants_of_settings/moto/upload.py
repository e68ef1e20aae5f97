import os
from os import environ as env

import boto3


def upload(name: str, data: bytes) -> None:
    boto3.client("s3").put_object(Bucket=os.environ["MOTO_MEDIA_BUCKET"], Key=name, Body=data)  # want: CN301 MEDIA_BUCKET


def sender() -> str:
    return env.get("MOTO_MAIL_FROM", "nobody@example.org")  # want: CN301 mail_from


def region() -> str:
    return env.get("AWS_REGION", "eu-central-1")  # ok: CN301 no accessor has it
