from profiles.store import load_profile  # want: CN403  # want: CN401


def audit(name: str) -> str:
    return f"{name} {load_profile(name)}"
