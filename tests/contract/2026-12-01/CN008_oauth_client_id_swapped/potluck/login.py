import os
from urllib.parse import urlencode

CLIENT_ID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]


def login_url(redirect: str) -> str:
    query = {"client_id": CLIENT_ID, "redirect_uri": redirect, "response_type": "code"}
    return f"https://accounts.google.com/o/oauth2/v2/auth?{urlencode(query)}"
