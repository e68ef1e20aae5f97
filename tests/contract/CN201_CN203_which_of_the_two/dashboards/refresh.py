import logging

logger = logging.getLogger(__name__)


def refresh(widgets: list) -> int:
    done = 0
    for widget in widgets:
        try:
            widget.refresh()
            done += 1
        except Exception as error:  # want: CN201  # ok: CN203
            logger.debug("%s: %s", widget, error)
            continue
    return done


def refresh_quietly(widgets: list) -> None:
    for widget in widgets:
        try:
            widget.refresh()
        except:  # want: CN203  # ok: CN201
            pass
