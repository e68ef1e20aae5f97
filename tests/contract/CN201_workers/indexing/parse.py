import logging
from xml.etree import ElementTree

logger = logging.getLogger(__name__)


def title_of(text: str) -> str:
    try:
        return ElementTree.fromstring(text).findtext("title", "")
    except Exception:  # ok: CN201 logged with its traceback
        logger.exception("cannot parse")
        return ""


def language_of(text: str) -> str:
    try:
        return ElementTree.fromstring(text).attrib["lang"]
    except Exception as problem:  # want: CN201
        logger.debug("no language")
        logger.info("%s", problem)
        return "en"
