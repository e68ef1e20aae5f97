"""Tables of the ski school."""
from __future__ import annotations

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Teacher(Base):
    __tablename__ = "teachers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[Date] = mapped_column(Date)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"))  # want: CN505
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id"))  # ok: CN505 no query filters or joins on it


class Enrolment(Base):
    __tablename__ = "enrolments"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)  # ok: CN505 part of the key
    guest: Mapped[str] = mapped_column(String(80), primary_key=True)


class SkiPass(Base):
    __tablename__ = "ski_passes"
    __table_args__ = (Index("ix_pass_course_day", "course_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))  # ok: CN505 the composite index begins with it
    day: Mapped[Date] = mapped_column(Date)


class Locker(Base):
    __tablename__ = "lockers"
    __table_args__ = (UniqueConstraint("number", "hall"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hall: Mapped[str] = mapped_column(String(10))
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id"), unique=True)  # ok: CN505 unique
