import os

TIME_ZONE = os.environ.get("NEWSROOM_TIME_ZONE", "Europe/Vienna")  # ok: CN301 the settings module
TEASER_LENGTH = int(os.environ.get("NEWSROOM_TEASER_LENGTH", "160"))
ARCHIVE_DAYS = int(os.getenv("NEWSROOM_ARCHIVE_DAYS", "365"))
