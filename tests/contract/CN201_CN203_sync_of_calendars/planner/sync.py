import contextlib
import logging

log = logging.getLogger(__name__)


def busy(calendar) -> list[str]:
    try:
        return calendar.events()
    except Exception as error:  # want: CN201
        log.debug("no events: %s", error)
        return []


def push(calendars, event) -> None:
    for calendar in calendars:
        try:
            calendar.add(event)
        except ConnectionError:  # want: CN201
            log.info("calendar %s is away", calendar)
            continue


def colour(settings) -> str:
    try:
        return settings["colour"]
    except KeyError:  # ok: CN201 the fallback answers what is expected
        log.debug("no colour is set")
        return "blue"


def owner(calendar) -> str | None:
    try:
        return calendar.owner()
    except Exception:  # want: CN203
        return None


def close(calendar) -> None:
    with contextlib.suppress(FileNotFoundError):  # ok: CN203 a narrow type
        calendar.lock_file.unlink()
    try:
        calendar.close()
    except:  # want: CN203
        pass


def drop(calendar) -> None:
    try:
        calendar.drop()
    except Exception:  # ok: CN203 it is printed
        print("cannot drop", calendar)
