import os

MAIL_API_KEY = os.environ["MAIL_API_KEY"]
