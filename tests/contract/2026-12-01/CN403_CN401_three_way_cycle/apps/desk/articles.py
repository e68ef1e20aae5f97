from apps.print.pages import columns  # want: CN403
from libs.words import count_words  # ok: CN403 shared code is no service


def fits(text: str) -> bool:
    return columns(count_words(text)) <= 6
