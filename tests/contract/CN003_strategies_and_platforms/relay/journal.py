from relay.locking import lock_file


class Journal:
    def __init__(self, path: str) -> None:
        self.path = path

    def append(self, text: str) -> None:  # ok: CN003 a method, as in Spool
        with open(self.path, "a") as stream:
            lock_file(stream)
            stream.write(text + "\n")
