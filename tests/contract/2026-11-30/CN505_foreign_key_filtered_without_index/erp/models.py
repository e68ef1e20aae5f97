from sqlalchemy import Column, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Invoice(Base):
    __tablename__ = "invoice"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"), nullable=False)  # want: CN505
    approver_id = Column(Integer, ForeignKey("customer.id"), index=True)
    number = Column(String(20), unique=True)


class Line(Base):
    __tablename__ = "line"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)
    id = Column(Integer, primary_key=True)
    invoice_id = Column(ForeignKey("invoice.id"))
    position = Column(Integer)


class Membership(Base):
    __tablename__ = "membership"
    customer_id = Column(ForeignKey("customer.id"), primary_key=True)
    group = Column(String(10), primary_key=True)
