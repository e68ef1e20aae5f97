import os


def websub_secret(debug: bool) -> str:
    if debug:
        return os.environ.get("WEBSUB_SECRET", "sesame")  # ok: CN302 a branch of development only
    return os.environ["WEBSUB_SECRET"]


def hub() -> str:
    return os.environ.get("WEBSUB_HUB_URL", "http://hub:8080")  # want: CN302
