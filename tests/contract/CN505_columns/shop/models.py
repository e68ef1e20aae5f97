from sqlalchemy import Column, ForeignKey, Index, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"

    id = Column(Integer, primary_key=True)
    name = Column(String(80))


class Order(Base):
    __tablename__ = "order"

    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"))  # want: CN505
    coupon_id = Column(Integer, ForeignKey("coupon.id"))  # ok: CN505 no query asks for it
    clerk_id = Column(Integer, ForeignKey("clerk.id"), index=True)  # ok: CN505 has an index


class Address(Base):
    __tablename__ = "address"

    customer_id = Column(Integer, ForeignKey("customer.id"), primary_key=True)  # ok: CN505 the primary key
    text = Column(String(200))


class Account(Base):
    __tablename__ = "account"

    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"), unique=True)  # ok: CN505 unique


class Event(Base):
    __tablename__ = "event"
    __table_args__ = (Index("ix_event_order_at", "order_id", "at"),)

    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("order.id"))  # ok: CN505 the composite index begins with it
    clerk_id = Column(Integer, ForeignKey("clerk.id"))  # want: CN505
    at = Column(Integer)


class Coupon(Base):
    __tablename__ = "coupon"

    id = Column(Integer, primary_key=True)


class Clerk(Base):
    __tablename__ = "clerk"

    id = Column(Integer, primary_key=True)
