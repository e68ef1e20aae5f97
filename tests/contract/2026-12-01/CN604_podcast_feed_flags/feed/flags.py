enabled: set[str] = {"chapters"}
limits = {"episodes": 50}
last_built: str | None = None


def is_on(name: str) -> bool:
    return name in enabled


def page_size() -> int:
    return limits["episodes"] // 5


def build(title: str) -> str:
    global last_built
    last_built = title
    return f"<rss>{title}</rss>"
