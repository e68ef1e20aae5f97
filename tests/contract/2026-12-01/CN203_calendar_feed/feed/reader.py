import contextlib
import datetime as dt
from contextlib import suppress

import httpx

NO_EVENTS: list[str] = []


def download(url: str) -> str:
    try:
        return httpx.get(url, timeout=10).text
    except Exception:  # want: CN203
        return ""


def parse_events(raw: str) -> list[str]:
    try:
        blocks = raw.split("BEGIN:VEVENT")[1:]
        return [block.split("SUMMARY:")[1].splitlines()[0] for block in blocks]
    except:  # want: CN203
        return NO_EVENTS


def event_day(line: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(line, "DTSTART:%Y%m%dT%H%M%SZ").date()
    except ValueError:  # ok: CN203 narrow, None is the answer to a bad date
        return None


def room_of(event: dict[str, str]) -> str:
    try:
        return event["LOCATION"]
    except KeyError:  # ok: CN203 the fallback answers it
        return "no room"


def sync(urls: list[str], store: dict[str, list[str]]) -> None:
    for url in urls:
        try:
            store[url] = parse_events(download(url))
        except Exception:  # want: CN203
            continue


def notify(callbacks: list, event: str) -> None:
    for callback in callbacks:
        with suppress(Exception):  # want: CN203
            callback(event)


def forget(store: dict[str, list[str]], url: str) -> None:
    with contextlib.suppress(KeyError):  # ok: CN203 a narrow type
        del store[url]


def attendees(event: dict[str, str]) -> list[str]:
    try:
        return event["ATTENDEE"].split(";")
    except Exception as error:  # ok: CN203 printed
        print("attendees:", error)
        return []


def strict_export(events: list[str], path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(events)
    except Exception as error:  # ok: CN203 raised
        raise RuntimeError(f"no export to {path}") from error
