import os

DATABASE_PASSWORD = os.environ.get("MUSIC_DB_PASSWORD", "postgres")  # want: CN302
LYRICS_API_KEY = os.getenv("LYRICS_API_KEY", "ly-9f8e7d6c5b4a")  # want: CN302
SESSION_SECRET = os.environ.get("MUSIC_SESSION_SECRET", "dev")  # want: CN302
ELASTIC_URL = os.getenv("ELASTIC_URL", "http://127.0.0.1:9200")  # want: CN302
BITRATE = int(os.getenv("MUSIC_BITRATE", "320"))  # ok: CN302 a number
COVER_SIZE = os.getenv("COVER_SIZE", "600x600")  # ok: CN302 no secret
SCROBBLE_TOKEN = os.getenv("SCROBBLE_TOKEN") or None  # ok: CN302 None
TOKEN_TIMEOUT = float(os.getenv("TOKEN_TIMEOUT", "2.5"))  # ok: CN302 a duration
