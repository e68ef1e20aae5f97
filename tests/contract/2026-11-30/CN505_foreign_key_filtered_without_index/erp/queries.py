from sqlalchemy import select

from erp.models import Customer, Invoice, Line, Membership


def invoices_of(session, customer_id):
    return session.query(Invoice).filter(Invoice.customer_id == customer_id).all()


def approved_by(session, person):
    return session.scalars(select(Invoice).where(Invoice.approver_id == person)).all()


def lines(session, invoice):
    return session.query(Line).filter_by(invoice_id=invoice.id).all()


def memberships(session, customer):
    return session.query(Membership).join(Customer, Membership.customer_id == Customer.id).all()
