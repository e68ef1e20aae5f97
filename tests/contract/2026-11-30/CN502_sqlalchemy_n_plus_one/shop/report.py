from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Customer, Order


def open_orders(session: Session) -> list[str]:
    lines = []
    orders = session.scalars(select(Order).where(Order.id > 10)).all()
    for order in orders:
        lines.append(f"{order.id} {order.customer.name}")  # want: CN502
    return lines


def order_counts(session: Session) -> dict[str, int]:
    return {c.name: len(c.orders) for c in session.query(Customer).all()}  # want: CN502


def eager(session: Session) -> list[str]:
    stmt = select(Order).options(selectinload(Order.customer))
    return [order.customer.name for order in session.scalars(stmt)]


def skus(session: Session) -> list[str]:
    found = []
    for order in session.query(Order):
        for item in order.items:
            found.append(item.sku)
    return found
