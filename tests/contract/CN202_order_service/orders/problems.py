import logging

logger = logging.getLogger(__name__)


def report(problems: list[str]) -> None:
    for e in problems:
        logger.error(f"problem: {e}")  # ok: CN202 no except block
