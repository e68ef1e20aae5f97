from os import environ


def may_unshare(given: str) -> bool:
    return given == environ["SHARE_LINK_TOKEN"]


def share_domain() -> str:
    return environ["SHARE_DOMAIN"]  # ok: CN303 no secret
