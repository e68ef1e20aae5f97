from decouple import config

ADMIN_PASSWORD = config("ADMIN_PASSWORD", default="changeme")  # want: CN302
DEBUG = config("DEBUG", default=False, cast=bool)
