import os

APP_ENV = os.environ.get("APP_ENV", "production")  # ok: CN302 the name of the environment

if APP_ENV == "development":
    PROXY_PASSWORD = os.getenv("PROXY_PASSWORD", "squid")  # ok: CN302 development only
else:
    PROXY_PASSWORD = os.environ["PROXY_PASSWORD"]


def user_agent() -> str:
    return os.getenv("SCRAPER_AGENT", "scraper/2.1")  # ok: CN302 no secret


def solver_token() -> str:
    token = os.getenv("CAPTCHA_TOKEN", "captcha-4711-live")  # want: CN302
    return f"Bearer {token}"


def retries() -> int:
    return int(os.getenv("SCRAPER_RETRIES", "3"))  # ok: CN302 a number
