import logging
import sys

log = logging.getLogger("backup")


def upload(client, path: str) -> bool:
    try:
        client.put(path)
    except OSError as problem:
        log.error("upload: %r", problem)  # ok: CN202 repr has the type
        return False
    except ValueError as problem:
        log.error(f"upload: {problem!r}")  # ok: CN202 repr has the type
        return False
    except RuntimeError as problem:
        log.error(f"upload: {type(problem).__name__}: {problem}")  # ok: CN202 has the type
        return False
    except Exception as problem:
        log.error(f"upload: {problem}")  # want: CN202
        return False
    return True


def verify(client, path: str) -> bool:
    try:
        return client.checksum(path) == client.stored(path)
    except Exception as problem:
        log.critical("verify: {}".format(problem))  # want: CN202
        return False


def prune(client, keep: int) -> None:
    try:
        client.prune(keep)
    except Exception as problem:
        log.error("prune: %s", problem, exc_info=sys.exc_info())  # ok: CN202 has the traceback
