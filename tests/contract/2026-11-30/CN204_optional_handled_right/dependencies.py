import logging

log = logging.getLogger(__name__)


class Missing(Exception):  # ok: CN204 negated, other name, collected and raised
    pass


def load(name, optional=False):
    try:
        return __import__(name)
    except ImportError:
        if not optional:
            raise
        log.info("%s is not there", name)
        return None


def check(checks, optional_checks, required_checks):
    for check in optional_checks:
        if not check():
            log.warning("optional check %s failed", check)
    missing = []
    for check in required_checks:
        if not check():
            log.error("required check %s failed", check)
            missing.append(check)
    if missing:
        raise Missing(missing)


def parse(value, optional: bool):
    if optional and value is None:
        return None
    if value is None:
        raise ValueError("a value is needed")
    return int(value)


def validate(options: dict, optional_keys: set[str]):
    for key in options:
        if key not in optional_keys:
            raise ValueError(f"unknown option {key}")
