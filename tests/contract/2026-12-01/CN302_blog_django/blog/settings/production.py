import environ
from decouple import config

env = environ.Env()

SECRET_KEY = env("BLOG_SECRET_KEY", default="django-insecure-4x8!q")  # want: CN302
CACHE_URL = env.str("BLOG_CACHE_URL", default=None)  # ok: CN302 None
EMAIL_HOST_PASSWORD = config("BLOG_MAIL_PASSWORD")  # ok: CN302 raises
AWS_SECRET_ACCESS_KEY = config("AWS_SECRET_ACCESS_KEY", default="AKIAEXAMPLEKEY")  # want: CN302
PAGE_SIZE = env.int("BLOG_PAGE_SIZE", default=20)  # ok: CN302 no secret
SESSION_SECONDS = config("BLOG_SESSION_SECONDS", default=1209600, cast=int)  # ok: CN302 a duration
LANGUAGE_CODE = config("BLOG_LANGUAGE", default="de-at")  # ok: CN302 no secret
