from backend.common.ids import new_id


def create_user(name: str) -> dict:
    return {"id": new_id(), "name": name}
