from reporting.fetching import fetch_blocking, fetch_in_background


def build_report(sources: list[str]) -> str:
    return "\n\n".join(fetch_blocking(sources))


def build_large_report(sources: list[str]) -> str:
    return "\n\n".join(sorted(fetch_in_background(sources)))
