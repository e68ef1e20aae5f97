import os


def quote(kilos: float) -> float:
    zone = os.environ["LOGISTICS_ZONE"]  # ok: CN301 the accessor belongs to another service
    surcharge = 4.5 if zone == "islands" else 0.0
    return round(kilos * 0.8 + surcharge, 2)


def rounding() -> int:
    return int(os.getenv("QUOTE_DIGITS", "2"))  # ok: CN301 this service has no accessor
