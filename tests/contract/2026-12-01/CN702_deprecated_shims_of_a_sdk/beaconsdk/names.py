import re

# legacy shim, the old firmware pads names with blanks
PADDING = re.compile(r" {2,}$")


def clean_name(raw: str) -> str:
    return PADDING.sub("", raw)


def short_name(raw: str, size: int = 8) -> str:
    # deprecated shim for the tablet app, leaves on 2023-09-01
    return raw[:size]
