import os

print(os.environ.get("STORAGE_BUCKET"))
