from auth.tokens import issue  # want: CN403  # want: CN401


def start(name: str) -> str:
    return issue(name)
