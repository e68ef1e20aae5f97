import logging
from pprint import pprint

log = logging.getLogger(__name__)


def archive(rows: list[dict]) -> int:
    print("archiving", len(rows))  # want: CN704
    for row in rows:
        log.info("row %s", row["id"])  # ok: CN704 it logs
    return len(rows)


def preview(rows: list[dict], printer) -> None:
    pprint(rows[:3])  # ok: CN704 another function
    printer.print(rows[0])  # ok: CN704 a method
    # print(rows)  # ok: CN704 a comment
