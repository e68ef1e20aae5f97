import logging
import os
import sys

logger = logging.getLogger(__name__)

OPTIONAL_SERVICES = ["search", "thumbnails"]
REQUIRED_VARIABLES = ["DATABASE_URL", "REDIS_URL"]
REQUIRED_TABLES = ["account", "invoice"]


def check_services(is_up) -> None:
    for service in OPTIONAL_SERVICES:
        if not is_up(service):
            raise RuntimeError(f"{service} does not answer")  # want: CN204


def check_variables() -> None:
    for name in REQUIRED_VARIABLES:
        if name not in os.environ:
            logger.warning("%s is not set", name)  # want: CN204


def check_tables(existing: set[str]) -> None:
    for table in REQUIRED_TABLES:
        if table not in existing:
            raise RuntimeError(f"{table} is missing")  # ok: CN204 required, and it raises


def announce(is_up) -> None:
    for service in OPTIONAL_SERVICES:
        if not is_up(service):
            logger.warning("%s does not answer", service)  # ok: CN204 optional, and it only logs


def check_component(component) -> None:
    if component.non_critical:
        logger.error("%s has failed", component.name)
        sys.exit(1)  # want: CN204
    logger.info("%s", component.name)
