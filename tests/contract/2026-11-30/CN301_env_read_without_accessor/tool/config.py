import os


class Config:  # ok: CN301 no accessor, other key, write, copy
    def __init__(self) -> None:
        self.token = os.environ["TOOL_TOKEN"]


def load() -> Config:
    return Config()
