class EmailTemplateRenderer:  # ok: CN002 renders, does not send
    def __init__(self, folder: str) -> None:
        self.folder = folder

    def render(self, name: str, **values: str) -> str:
        with open(f"{self.folder}/{name}.txt") as stream:
            return stream.read().format(**values)
