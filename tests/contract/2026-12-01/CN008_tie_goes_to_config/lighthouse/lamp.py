import os


def topic(quiet: bool) -> str | None:
    if quiet:
        return os.environ.get("LAMP_QUIET_TOPIC")  # ok: CN008 one word more, another setting
    return os.environ.get("STAGING_LAMP_TOPIC")  # want: CN008
