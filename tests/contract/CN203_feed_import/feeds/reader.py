import contextlib
import logging
from xml.etree import ElementTree

logger = logging.getLogger(__name__)
UNKNOWN_TITLE = "(untitled)"


def title(text: str) -> str:
    try:
        return ElementTree.fromstring(text).findtext("channel/title")
    except Exception:  # want: CN203
        return UNKNOWN_TITLE


def titles(texts: list[str]) -> list[str]:
    found = []
    for text in texts:
        try:
            found.append(ElementTree.fromstring(text).findtext("channel/title"))
        except Exception:  # want: CN203
            continue
    return found


def remove_cache(cache) -> None:
    with contextlib.suppress(Exception):  # want: CN203
        cache.clear()


def forget(cache: dict, key: str) -> None:
    with contextlib.suppress(KeyError):  # ok: CN203 narrow
        del cache[key]


def ttl(text: str) -> int:
    try:
        return int(ElementTree.fromstring(text).findtext("channel/ttl"))
    except:  # want: CN203
        return 60


def language(attributes: dict[str, str]) -> str | None:
    try:
        return attributes["language"]
    except KeyError:  # ok: CN203 the fallback answers it
        return None


def items(text: str) -> list:
    try:
        return ElementTree.fromstring(text).findall("channel/item")
    except Exception:  # ok: CN203 it is logged
        logger.error("unreadable feed", exc_info=True)
        return []
