"""Where the environment is read."""

import os


def search_index_name() -> str:
    return os.environ["SEARCH_INDEX_NAME"]  # ok: CN301 the config module


def report_timezone() -> str:
    return os.environ.get("REPORT_TIMEZONE", "UTC")
