import logging
import sys

logger = logging.getLogger(__name__)

OPTIONAL_SERVICES = ["clickhouse", "mailer"]
REQUIRED_ENV = ["DATABASE_URL", "SECRET_KEY"]


class StartupError(RuntimeError):
    pass


def check_services(status: dict[str, bool]) -> None:
    for name in OPTIONAL_SERVICES:
        if not status.get(name):
            raise StartupError(f"{name} is down")  # want: CN204


def check_cache(cache, non_critical: bool) -> None:
    if non_critical:
        logger.error("cache is not there")
        sys.exit(1)  # want: CN204


def start_metrics(exporter, best_effort=True):
    try:
        exporter.start()
    except OSError as error:
        if best_effort:
            raise StartupError("metrics exporter") from error  # want: CN204
        logger.warning("no metrics: %r", error)
