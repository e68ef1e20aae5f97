import logging as lg

from loguru import logger

FALLBACK_COLOUR = "#444444"


def company_colour(table: dict[str, str], company: str) -> str:
    try:
        return table[company.lower()]
    except KeyError:  # ok: CN201 the grey is the answer to an unknown company
        logger.debug("no colour for {}", company)
        return FALLBACK_COLOUR


def qr_payload(person: dict) -> str:
    try:
        return f"BEGIN:VCARD\nFN:{person['name']}\nEMAIL:{person['mail']}\nEND:VCARD"
    except Exception as failure:  # want: CN201
        logger.debug("no vcard: {}", failure)
        return ""


def print_badge(printer, sheet: bytes) -> bool:
    try:
        printer.send(sheet)
    except Exception:  # ok: CN201 logged with its traceback
        logger.opt(exception=True).error("badge lost")
        return False
    else:
        lg.debug("badge sent")
        return True


def crop_photo(image, box: tuple[int, int, int, int]):
    try:
        return image.crop(box)
    except Exception:  # want: CN201
        lg.debug("photo not cropped")
        return image


def load_roster(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as lines:
            return [line.rstrip() for line in lines]
    except OSError as failure:  # ok: CN201 ends the program
        lg.debug("roster %s", path)
        raise SystemExit(f"cannot read the roster: {failure}") from failure
