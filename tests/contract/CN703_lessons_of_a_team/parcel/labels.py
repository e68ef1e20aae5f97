from datetime import UTC, datetime


def printed() -> str:
    return datetime.utcnow().isoformat()  # want: CN703


def printed_right() -> str:
    return datetime.now(UTC).isoformat()  # ok: CN703 the correct form


def total(price: float) -> float:
    return round(price * 1.19, 2)  # want: CN703


def weight(grams: float) -> float:
    return round(grams / 1000, 2)  # ok: CN703 another expression
