import sentry_sdk


def put(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return bool(stream.read(1))
    except Exception as error:  # ok: CN203 reported
        sentry_sdk.capture_exception(error)
        return False


class Bucket:
    def __init__(self, client) -> None:
        self.client = client

    def exists(self, name: str) -> bool:
        try:
            self.client.head(name)
            return True
        except Exception:  # want: CN203
            return False

    def delete(self, name: str) -> None:
        try:
            self.client.delete(name)
        except FileNotFoundError:  # ok: CN203 narrow
            pass

    def listing(self, prefix: str) -> list[str]:
        try:
            return self.client.list(prefix)
        except Exception:  # ok: CN203 it does something else instead
            return self.client.list_slowly(prefix)
