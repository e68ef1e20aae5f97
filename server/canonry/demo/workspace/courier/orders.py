"""Orders of the web shop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from courier.config import Config
from courier.database import save_parcel, session
from courier.money import round_half_up, show_amount
from courier.slugs import unique_slug


@dataclass(frozen=True)
class Order:
    """A parcel that someone wants to send."""

    number: str
    title: str
    weight: Decimal


def price_of(order: Order, per_kilogram: Decimal = Decimal("2.40")) -> Decimal:
    """What sending costs, at least the base price."""
    return round_half_up(max(Decimal(4), order.weight * per_kilogram))


def place_order(order: Order, config: Config, taken: set[str]) -> str:
    """Store an order and say what it costs."""
    price = price_of(order)
    with session(config) as connection:
        save_parcel(connection, order.number, unique_slug(order.title, taken), str(price))
    return show_amount(price)
