from search.tokens import normalize_title


def terms(title: str) -> set[str]:
    return set(normalize_title(title).split())
