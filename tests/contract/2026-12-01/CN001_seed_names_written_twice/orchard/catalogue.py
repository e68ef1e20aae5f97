from orchard.text.slugs import initials, slug_for_title


def catalogue_key(variety: dict) -> tuple[str, str]:
    return initials(variety["family"]), slug_for_title(variety["name"])


def page_path(variety: dict) -> str:
    return f"/varieties/{slug_for_title(variety['name'])}/"
