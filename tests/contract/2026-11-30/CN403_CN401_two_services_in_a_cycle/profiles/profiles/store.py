def load_profile(name: str) -> dict:
    return {"name": name}
