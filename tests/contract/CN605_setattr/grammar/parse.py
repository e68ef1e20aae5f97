def parse(text: str) -> list[str]:
    return [word.strip(",.") for word in text.split()]


class Options:
    def __init__(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self, f"option_{name}", value)  # ok: CN605 no test
