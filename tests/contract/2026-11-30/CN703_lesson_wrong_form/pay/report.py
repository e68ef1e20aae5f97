from datetime import datetime, timezone
from decimal import Decimal


def stamp():
    return datetime.utcnow()


def stamp_right():
    return datetime.now(timezone.utc)


def amounts(rows):
    out = []
    for row in rows:
        amount = float(row["amount"])
        out.append(amount)
    return out


def right(rows):
    return [Decimal(row["amount"]) for row in rows]
