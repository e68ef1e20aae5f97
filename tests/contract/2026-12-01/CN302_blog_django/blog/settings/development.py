import os

DEBUG = True
SIGNING_SECRET = os.environ.get("BLOG_SIGNING_SECRET", "only-for-development")  # ok: CN302 development settings
SEARCH_URL = os.environ.get("BLOG_SEARCH_URL", "http://localhost:9200")  # ok: CN302 development settings
