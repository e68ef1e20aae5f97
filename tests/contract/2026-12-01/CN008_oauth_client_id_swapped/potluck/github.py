import os

GITHUB_CLIENT = os.environ["GITHUB_OAUTH_CLIENT_ID"]  # ok: CN008 another provider


def authorize_path(state: str) -> str:
    return f"/login/oauth/authorize?client_id={GITHUB_CLIENT}&state={state}"
