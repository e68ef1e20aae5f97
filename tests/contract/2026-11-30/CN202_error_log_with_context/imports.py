import logging

logger = logging.getLogger(__name__)


class ImportFailed(Exception):  # ok: CN202 exc_info, exception(), type, repr, re-raise
    pass


def load(reader, path):
    try:
        return reader.read(path)
    except ValueError as error:
        logger.error("bad file %s: %s", path, error, exc_info=True)
        return None
    except KeyError as error:
        logger.error("missing column: %r", error)
        return None
    except TypeError as error:
        logger.error(f"odd value {error!r} in {path}")
        return None
    except OSError as error:
        logger.exception("cannot read %s: %s", path, error)
        return None
    except RuntimeError as error:
        logger.error("%s: %s", type(error).__name__, error)
        return None
    except Exception as error:
        logger.error("import of %s failed: %s", path, error)
        raise ImportFailed(path) from error


def check(path, rows):
    if not rows:
        logger.error(f"no rows in {path}")
    for row in rows:
        try:
            int(row)
        except ValueError as error:
            logger.warning("row %s: %s", row, error)
