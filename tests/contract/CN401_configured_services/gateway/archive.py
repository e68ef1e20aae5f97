stored: list[str] = []


def store(number: str) -> None:
    stored.append(number)
