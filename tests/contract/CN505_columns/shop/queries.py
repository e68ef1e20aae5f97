from sqlalchemy.orm import Session

from shop.models import Account, Address, Event, Order


def orders_of(session: Session, customer: int) -> list[Order]:
    return session.query(Order).filter(Order.customer_id == customer).all()


def orders_by(session: Session, clerk: int) -> list[Order]:
    return session.query(Order).filter(Order.clerk_id == clerk).all()


def account_of(session: Session, customer: int) -> Account | None:
    return session.query(Account).filter(Account.customer_id == customer).one_or_none()


def address_of(session: Session, customer: int) -> Address | None:
    return session.query(Address).filter(Address.customer_id == customer).one_or_none()


def events_of(session: Session, order: int) -> list[Event]:
    return session.query(Event).filter(Event.order_id == order).all()


def events_by(session: Session, clerk: int) -> int:
    return session.query(Event).filter(Event.clerk_id == clerk).count()
