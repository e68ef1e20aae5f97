import logging

logger = logging.getLogger(__name__)


class UploadError(Exception):
    """An upload that has failed."""


def finish(best_effort_upload_failed: bool, required_upload_failed: bool) -> None:
    if best_effort_upload_failed:
        raise UploadError("thumbnails")  # want: CN204
    if required_upload_failed:
        raise UploadError("originals")  # ok: CN204 required, and it raises


def check_columns(required_columns: list[str], header: list[str]) -> None:
    for column in required_columns:
        if column not in header:
            logger.error("no column %s", column)  # want: CN204


def check_extras(optional_columns: list[str], header: list[str]) -> None:
    for column in optional_columns:
        if column not in header:
            logger.info("no column %s", column)  # ok: CN204 optional, and it only logs
