from google.cloud import storage

from vault.backends.base import BlobBackend


class GcsBackend(BlobBackend):
    def __init__(self, bucket: str, prefix: str = "") -> None:  # ok: CN001 constructor boilerplate of a backend
        self.bucket = bucket
        self.prefix = prefix
        self.client = storage.Client()

    def put(self, key: str, data: bytes) -> str:  # ok: CN001 override of one interface
        name = f"{self.prefix}{key}"
        if not data:
            raise ValueError(f"empty object {name}")
        self.client.bucket(self.bucket).blob(name).upload_from_string(data)
        return f"gs://{self.bucket}/{name}"

    def get(self, key: str) -> bytes:  # ok: CN001 override of one interface
        name = f"{self.prefix}{key}"
        blob = self.client.bucket(self.bucket).blob(name)
        return blob.download_as_bytes()
