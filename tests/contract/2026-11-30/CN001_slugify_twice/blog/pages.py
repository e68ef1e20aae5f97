from blog.utils.text import slugify


def page_path(title: str) -> str:
    return f"/pages/{slugify(title)}/"
