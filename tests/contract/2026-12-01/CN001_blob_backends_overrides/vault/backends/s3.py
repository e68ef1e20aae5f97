import boto3

from vault.backends.base import BlobBackend


class S3Backend(BlobBackend):
    def __init__(self, bucket: str, prefix: str = "") -> None:  # ok: CN001 constructor boilerplate of a backend
        self.bucket = bucket
        self.prefix = prefix
        self.client = boto3.client("s3")

    def put(self, key: str, data: bytes) -> str:  # ok: CN001 override of one interface
        name = f"{self.prefix}{key}"
        if not data:
            raise ValueError(f"empty object {name}")
        self.client.put_object(Bucket=self.bucket, Key=name, Body=data)
        return f"s3://{self.bucket}/{name}"

    def get(self, key: str) -> bytes:  # ok: CN001 override of one interface
        name = f"{self.prefix}{key}"
        reply = self.client.get_object(Bucket=self.bucket, Key=name)
        return reply["Body"].read()
