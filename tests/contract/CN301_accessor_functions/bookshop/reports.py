from os import getenv


def title(month: str) -> str:
    return f"{month} ({getenv('REPORT_TIMEZONE')})"  # want: CN301 report_timezone
