"""Reports for the front desk."""
from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from loans.models import Loan, Member


def overdue_letters(session: Session) -> list[str]:
    letters = []
    for loan in session.scalars(select(Loan).where(Loan.days > 28)):
        letters.append(f"Dear {loan.member.name}, {loan.title} is late.")  # want: CN502
    return letters


def titles_by_member(session: Session) -> dict[str, list[str]]:
    statement = select(Member).options(selectinload(Member.loans)).order_by(Member.name)
    result = {}
    for member in session.scalars(statement):
        result[member.name] = [loan.title for loan in member.loans]  # ok: CN502 loaded by selectinload
    return result


def busiest(session: Session, limit: int) -> list[tuple[str, int]]:
    members = session.execute(select(Member)).scalars().all()
    counts = [(member.name, len(member.loans)) for member in members]  # want: CN502
    return sorted(counts, key=lambda pair: -pair[1])[:limit]


def badge_wall(session: Session) -> list[str]:
    return [
        f"{member.name}: {len(member.badges)}"  # ok: CN502 lazy="selectin" in the model
        for member in session.scalars(select(Member))
    ]


def one_member(session: Session, member_id: int) -> list[str]:
    member = session.get_one(Member, member_id)
    return [loan.title for loan in member.loans]  # ok: CN502 one object, one load


def long_loans(session: Session) -> list[str]:
    query = session.query(Loan).options(joinedload(Loan.member)).filter(Loan.days > 60)
    lines = []
    for loan in query:
        lines.append(f"{loan.title} ({loan.member.name}, {loan.days} days)")  # ok: CN502 joined
    return lines


def total_days(session: Session) -> int:
    total = 0
    for loan in session.scalars(select(Loan)):
        total += loan.days * (2 if loan.member_id else 1)  # ok: CN502 plain columns
    return total
