import os


def failed_bucket() -> str:
    return os.environ["S3_IMPORT_BUCKET"]  # want: CN008
