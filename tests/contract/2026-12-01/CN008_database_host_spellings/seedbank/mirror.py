import os

BUCKETS = os.environ["SEED_BUCKETS"].split(",")  # ok: CN008 listed as distinct
DATABASE_PORT = int(os.environ["DATABASE_PORT"])  # ok: CN008 a port, no host


def mirrors() -> list[str]:
    return [f"s3://{name}:{DATABASE_PORT}" for name in BUCKETS]
