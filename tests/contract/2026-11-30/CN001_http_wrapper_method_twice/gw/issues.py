from gw.http import get_json


def issues(project: str, token: str) -> dict:
    return get_json(f"https://git.test/api/{project}/issues", token=token)
