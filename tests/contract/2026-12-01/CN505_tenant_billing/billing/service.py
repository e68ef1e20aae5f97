from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from billing.models import Payment, Plan, Subscription, Tenant


class Billing:
    def __init__(self, session: Session) -> None:
        self.session = session

    def active(self, tenant: Tenant) -> list[Subscription]:
        wanted = select(Subscription).where(Subscription.tenant_id == tenant.id, Subscription.state == "active")
        return list(self.session.scalars(wanted))

    def subscribers(self, plans: list[int]) -> int:
        return self.session.scalar(select(func.count()).where(Subscription.plan_id.in_(plans))) or 0

    def paid(self, subscription: Subscription) -> int:
        rows = self.session.query(Payment).filter(Payment.subscription_id == subscription.id)
        return sum(row.cents for row in rows)

    def refund(self, payment: Payment) -> Payment:
        back = Payment(subscription_id=payment.subscription_id, refund_of_id=payment.id, cents=-payment.cents)
        self.session.add(back)
        return back

    def raise_prices(self, tenant: Tenant, percent: int) -> None:
        cheap = or_(Plan.tenant_id == tenant.id, Plan.price.is_(None))
        self.session.execute(update(Plan).where(cheap).values(price=Plan.price * (100 + percent) / 100))
