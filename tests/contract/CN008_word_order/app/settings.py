import os

GOOGLE_CLIENT_ID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]
GOOGLE_CLIENT_SECRET = os.environ["GOOGLE_OAUTH_CLIENT_SECRET"]  # ok: CN008 the secret is another key
GITHUB_CLIENT_ID = os.environ.get("GITHUB_OAUTH_CLIENT_ID")  # ok: CN008 of another provider
