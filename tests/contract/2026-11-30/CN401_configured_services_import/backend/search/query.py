import backend.accounts.users as users  # want: CN401
from backend.common.ids import new_id


def search(text: str) -> dict:
    return {"query": new_id(), "by": users.create_user(text)}
