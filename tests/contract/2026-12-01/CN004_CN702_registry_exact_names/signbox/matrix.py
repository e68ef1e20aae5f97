class MatrixWriter:  # want: CN004
    def __init__(self, port) -> None:
        self.port = port

    def row(self, text: str) -> None:
        self.port.write(text.ljust(24)[:24].encode("cp437", "replace"))


class MatrixWriterLog:  # ok: CN004 a longer name
    def __init__(self) -> None:
        self.rows: list[str] = []
