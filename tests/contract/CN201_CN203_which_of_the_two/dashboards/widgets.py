import logging

logger = logging.getLogger(__name__)
NO_VALUE = "-"


def revenue(source) -> str:
    try:
        return f"{source.revenue():.2f}"
    except Exception:  # want: CN201  # ok: CN203 it is logged
        logger.debug("no revenue")
        return NO_VALUE


def visitors(source) -> int:
    try:
        return source.visitors()
    except Exception:  # want: CN203  # ok: CN201 nothing is logged at all
        return 0


def uptime(source) -> float:
    try:
        return source.uptime()
    except Exception:  # ok: CN203 logged  # ok: CN201 at error
        logger.exception("no uptime")
        return 0.0


def conversion(source) -> float:
    try:
        return source.orders() / source.visitors()
    except ZeroDivisionError:  # ok: CN203 narrow
        return 0.0
