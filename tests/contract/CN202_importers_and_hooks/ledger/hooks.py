import logging

import sentry_sdk

logger = logging.getLogger("ledger.hooks")


def posted(entry, hooks) -> None:
    for hook in hooks:
        try:
            hook(entry)
        except BaseException as problem:
            logger.critical("hook: " + str(problem))  # want: CN202
            raise SystemExit(1) from None


def closed(period, hooks) -> None:
    for hook in hooks:
        try:
            hook(period)
        except Exception as problem:
            logger.error(f"hook: {problem}")  # ok: CN202 sentry has all of it
            sentry_sdk.capture_exception(problem)


def opened(period, hooks) -> None:
    for hook in hooks:
        try:
            hook(period)
        except Exception as problem:
            logger.error("hook: %s", problem)  # ok: CN202 raised with the first as its cause
            raise RuntimeError("cannot open") from problem
