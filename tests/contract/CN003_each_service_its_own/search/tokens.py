import unicodedata


def normalize_title(title: str) -> str:  # ok: CN003 the other one is another service's
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
