import logging

root = logging.getLogger()  # want: CN703
logger = logging.getLogger(__name__)  # ok: CN703 the correct form
named = logging.getLogger("station")  # ok: CN703 it has a name
