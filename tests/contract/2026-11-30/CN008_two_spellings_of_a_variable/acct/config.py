import os


class Config:
    client_id = os.environ.get("GOOGLE_OAUTH_CLIENT_ID")
    database_url = os.environ["DATABASE_URL"]
    timeout = os.environ.get("HTTP_TIMEOUT")
