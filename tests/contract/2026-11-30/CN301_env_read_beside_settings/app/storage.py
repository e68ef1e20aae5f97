from os import getenv

import boto3

from app.settings import settings


class Storage:
    def __init__(self) -> None:
        self.client = boto3.client("s3")
        self.bucket = getenv("STORAGE_BUCKET")  # want: CN301

    def put(self, key: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=data)

    def smtp(self) -> str:
        return settings.smtp_host
