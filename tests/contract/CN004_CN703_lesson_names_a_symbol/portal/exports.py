import csv
from collections import deque

_waiting: deque[str] = deque()


def run_export_now() -> str:  # want: CN004
    with open("export.csv", "w", newline="") as stream:
        csv.writer(stream).writerow(["id", "name"])
    return stream.name


def enqueue_export() -> int:
    _waiting.append("export.csv")
    return len(_waiting)
