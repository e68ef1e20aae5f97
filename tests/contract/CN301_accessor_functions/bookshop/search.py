import os

from bookshop.config import report_timezone


def reindex(books: list[dict]) -> str:
    index = os.environ["SEARCH_INDEX_NAME"]  # want: CN301 search_index_name
    return f"{index}: {len(books)} at {report_timezone()}"


def batch_size() -> int:
    return int(os.environ.get("SEARCH_BATCH_SIZE", "500"))  # ok: CN301 no accessor serves this key
