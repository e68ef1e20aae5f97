from typing import Annotated

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TenantKey = Annotated[int, mapped_column(ForeignKey("tenants.id"), index=True)]  # ok: CN505 the type brings its index


class Model(DeclarativeBase):
    pass


class Tenant(Model):
    __tablename__ = "tenants"
    id: Mapped[int] = mapped_column(primary_key=True)


class Plan(Model):
    __tablename__ = "plans"
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[TenantKey]  # ok: CN505 indexed by its type
    price = mapped_column(Numeric(10, 2))


class Subscription(Model):
    __tablename__ = "subscriptions"
    __table_args__ = (Index("ix_sub_state_plan", "state", "plan_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id, ondelete="RESTRICT"))  # want: CN505
    tenant_id: Mapped[int] = mapped_column(ForeignKey(Tenant.id))  # ok: CN505 indexed below the class


Index("ix_subscription_tenant", Subscription.tenant_id)


class Payment(Model):
    __tablename__ = "payments"
    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(  # want: CN505
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        nullable=False,
    )
    refund_of_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"))  # ok: CN505 only read and written
    cents: Mapped[int]
