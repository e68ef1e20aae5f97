import signbox.display
from signbox import matrix as mx


class Platform:
    writer_class = mx.MatrixWriter  # want: CN004

    def __init__(self, port, number: int) -> None:
        self.port = port
        self.number = number

    def delay(self, minutes: int) -> None:
        signbox.display.flash_text(self.port, f"+{minutes}")  # want: CN004

    def arrival(self, train: str) -> None:
        signbox.display.show(self.port, train, 30)  # ok: CN004 the canonical symbol

    def log(self) -> list[str]:
        return mx.MatrixWriterLog().rows  # ok: CN004 a longer name


def flash_text(platform: Platform) -> str:  # ok: CN004 another module's function of this name
    return f"platform {platform.number}"


def all_texts(platforms: list[Platform]) -> list[str]:
    return [flash_text(platform) for platform in platforms]  # ok: CN004 another module's function of this name
