import email.utils as rooms  # ok: CN401 a library that is bound to a like name

from guide.tours import Tour  # want: CN401
from ticketing.stock import left  # ok: CN401 its own service


def bundle_price(tour: Tour, day: str) -> int:
    if not left(day):
        return 0
    return 900 + tour.minutes() * 10


def stamp() -> str:
    return rooms.formatdate()
