import os

print("region:", os.environ.get("FLEET_REGION"))  # ok: CN301 a script
