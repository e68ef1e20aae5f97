import os


def authorization_url(state: str) -> str:
    client = os.getenv("GITHUB_OAUTH_CLIENT_ID")
    return f"https://github.com/login/oauth/authorize?client_id={client}&state={state}"
