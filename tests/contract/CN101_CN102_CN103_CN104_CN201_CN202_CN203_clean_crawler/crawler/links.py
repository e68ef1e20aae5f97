from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class Links(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        target = dict(attributes).get("href") if tag == "a" else None
        if target:
            self.found.append(urljoin(self.base, target))


def links(base: str, text: str) -> list[str]:
    parser = Links(base)
    parser.feed(text)
    return [link for link in parser.found if urlsplit(link).scheme in ("http", "https")]


def port_of(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:  # ok: CN203 narrow
        return None
