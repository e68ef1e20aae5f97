import logging

logger = logging.getLogger(__name__)

try:
    import markdown
except ImportError:  # ok: CN201 an extra that need not be installed
    logger.debug("markdown is not installed, plain text only")
    markdown = None


def render_body(title: str, rows: list[dict]) -> str:
    lines = [f"# {title}", ""]
    for row in rows:
        lines.append("- " + ", ".join(f"{key}: {value}" for key, value in row.items()))
    return "\n".join(lines)


def render_html(title: str, rows: list[dict]) -> str | None:
    if markdown is None:
        return None
    return markdown.markdown(render_body(title, rows))


def first_line(stream) -> str:
    lines = iter(stream)
    try:
        return next(lines).rstrip()
    except StopIteration:  # ok: CN201 the empty stream is expected
        logger.debug("stream is empty")
        return ""
