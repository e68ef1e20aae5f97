from platform_services.render.html import page


def preview(text: str) -> str:
    try:
        from platform_services.parser.grammar import parse  # want: CN401
    except ImportError:
        return page([text])
    return page(parse(text)[:20])
