from gw.http import get_json


def users(token: str) -> dict:
    return get_json("https://git.test/api/users", token=token)
