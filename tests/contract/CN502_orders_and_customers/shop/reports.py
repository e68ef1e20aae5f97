from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.models import Customer, Order


def names(session: Session) -> list[str]:
    result = []
    for order in session.scalars(select(Order)):
        result.append(order.customer.name)  # want: CN502
    return result


def names_at_once(session: Session) -> list[str]:
    query = select(Order).options(joinedload(Order.customer))
    return [order.customer.name for order in session.scalars(query)]  # ok: CN502 joinedload


def cities(session: Session) -> list[str]:
    return [one.address.city for one in session.scalars(select(Customer))]  # ok: CN502 lazy="selectin"


def counts(session: Session) -> dict[str, int]:
    customers = session.query(Customer).all()
    return {one.name: len(one.orders) for one in customers}  # want: CN502


def counts_at_once(session: Session) -> dict[str, int]:
    customers = session.query(Customer).options(selectinload(Customer.orders)).all()
    return {one.name: len(one.orders) for one in customers}  # ok: CN502 selectinload


def ids(session: Session) -> list[int]:
    return [order.customer_id for order in session.scalars(select(Order))]  # ok: CN502 a column
