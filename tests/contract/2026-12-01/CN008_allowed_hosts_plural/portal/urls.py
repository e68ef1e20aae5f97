import os

HOSTS = [host for host in os.environ["TOWN_ALLOWED_HOSTS"].split(",") if host]


def is_ours(host: str) -> bool:
    return host in HOSTS
