from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Teacher(Base):
    __tablename__ = "teacher"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    language: Mapped[str]


class Course(Base):
    __tablename__ = "course"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teacher.id"))  # want: CN505
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("teacher.id"), default=None)  # want: CN505
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), default=None, index=True)  # ok: CN505 indexed
    book_id: Mapped[int | None] = mapped_column(ForeignKey("book.id"), default=None)  # ok: CN505 only selected


class Room(Base):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    seats: Mapped[int]
    floor: Mapped[int]


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    title: Mapped[str]
    level: Mapped[str]
    edition: Mapped[int]


class Enrolment(Base):
    __tablename__ = "enrolment"
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)  # ok: CN505 part of the primary key
    pupil_no: Mapped[int] = mapped_column(primary_key=True)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("teacher.id"))  # want: CN505
