import logging

log = logging.getLogger(__name__)


def run(job):
    try:
        return job()
    except Exception:  # want: CN203
        return None


def go(job):
    try:
        return job()
    except Exception as error:
        log.error("failed: %s", error)
        return None
