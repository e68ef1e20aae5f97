import os

IMPORTS = os.environ["S3_BUCKET_IMPORT"]  # ok: CN008 another service's spelling
