import os


def prefix() -> str:
    return os.environ["IMPORT_S3_PREFIX"]  # ok: CN008 a prefix, no bucket


def target() -> str:
    return os.environ["IMPORT_S3_BUCKET"]
