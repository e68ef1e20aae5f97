from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ski.tables import Course, Enrolment, Locker, SkiPass


def courses_of(session: Session, teacher_id: int) -> list[Course]:
    return list(session.scalars(select(Course).where(Course.teacher_id == teacher_id)))


def guests(session: Session, course_id: int) -> list[str]:
    statement = select(Enrolment.guest).where(Enrolment.course_id == course_id).order_by(Enrolment.guest)
    return list(session.scalars(statement))


def passes_today(session: Session, course_id: int) -> int:
    statement = select(func.count(SkiPass.id)).where(SkiPass.course_id == course_id, SkiPass.day == dt.date.today())
    return session.scalar(statement) or 0


def locker_of(session: Session, teacher_id: int) -> int | None:
    return session.scalar(select(Locker.number).where(Locker.teacher_id == teacher_id))


def set_deputy(session: Session, course: Course, deputy_id: int) -> None:
    course.deputy_id = deputy_id
    session.flush()
