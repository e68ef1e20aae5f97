import os

TIMETABLE_URL = os.getenv("TIMETABLE_URL")
TIMETABLE_URL_BLUE = os.getenv("TIMETABLE_URL_BLUE")  # ok: CN008 a known suffix
TIMETABLE_URL_GREEN = os.getenv("TIMETABLE_URL_GREEN")  # ok: CN008 a known suffix
CACHE_REDIS_URL = os.getenv("CACHE_REDIS_URL")
TICKET_SECRET_KEY = os.getenv("TICKET_SECRET_KEY")
