"""Settings of a developer's machine."""
from decouple import config

from portal.settings.base import *  # noqa: F403

DEBUG = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LDAP_PASSWORD = config("LDAP_PASSWORD", default="teacher")  # ok: CN302 development settings
LDAP_URL = config("LDAP_URL", default="ldap://localhost:3389")  # ok: CN302 development settings
