from platform_services.common.text import squeeze  # ok: CN401 shared


def parse(text: str) -> list[str]:
    return squeeze(text).split(" ")
