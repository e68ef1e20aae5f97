import os

BUCKET = os.environ["IMPORT_S3_BUCKET"]
BATCH = int(os.environ["IMPORT_BATCH_SIZE"])
