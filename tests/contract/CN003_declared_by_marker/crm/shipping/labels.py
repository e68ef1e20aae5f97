from typing import NamedTuple


class PostalAddress(NamedTuple):  # want: CN003
    lines: tuple[str, ...]
    zip_code: str
    phone: str
