import os

print("seeding", os.environ["HARBOUR_PILOT_URL"])  # ok: CN301 a script
