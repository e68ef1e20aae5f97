from pathlib import Path

MAX_SIZE = 10_000_000  # TODO: ask whether 10 MB is enough


class Upload:
    def __init__(self, folder: Path) -> None:
        self.folder = folder  # TODO: no permission check on this folder yet

    def save(self, name: str, data: bytes) -> Path:
        if len(data) > MAX_SIZE:
            raise ValueError(name)
        # Encryption is done by the file system.
        path = self.folder / name
        path.write_bytes(data)

        def later() -> None:
            # XXX encryption
            path.chmod(0o600)

        later()
        return path
