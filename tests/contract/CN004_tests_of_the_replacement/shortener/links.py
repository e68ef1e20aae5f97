from shortener.codes import random_code


class Links:
    def __init__(self) -> None:
        self._targets: dict[str, str] = {}

    def shorten(self, url: str) -> str:
        code = random_code()  # want: CN004
        self._targets[code] = url
        return code
