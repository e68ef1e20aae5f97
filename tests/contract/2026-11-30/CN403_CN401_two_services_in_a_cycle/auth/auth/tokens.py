def issue(name: str) -> str:
    return f"token:{name}"
