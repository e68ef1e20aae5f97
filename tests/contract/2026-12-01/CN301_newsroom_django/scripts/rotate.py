import os
import sys

days = int(os.environ.get("NEWSROOM_ARCHIVE_DAYS", "365"))  # ok: CN301 a script
sys.stdout.write(f"keeping {days} days\n")
