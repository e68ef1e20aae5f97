import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")  # ok: CN301 no accessor serves it

application = get_wsgi_application()
