from platform_services.common.text import squeeze


def page(words: list[str]) -> str:
    return "<p>" + squeeze(" ".join(words)) + "</p>"
