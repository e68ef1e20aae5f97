import os


def authorization_url(state: str) -> str:
    client = os.getenv("OAUTH_GOOGLE_CLIENT_ID")  # want: CN008
    return f"https://accounts.google.com/o/oauth2/auth?client_id={client}&state={state}"
