from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Aisle(Base):
    __tablename__ = "aisle"
    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[str]


class Bin(Base):
    __tablename__ = "bin"
    id: Mapped[int] = mapped_column(primary_key=True)
    aisle_id: Mapped[int] = mapped_column(ForeignKey("aisle.id"))  # want: CN505
    shelf: Mapped[int]


class Pick(Base):
    __tablename__ = "pick"
    __table_args__ = (
        Index("ix_pick_bin_time", "bin_id", "picked_at"),
        UniqueConstraint("order_no", "picker_id", name="uq_pick"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))  # ok: CN505 the composite index begins with it
    picker_id: Mapped[int] = mapped_column(ForeignKey("picker.id"))  # want: CN505
    order_no: Mapped[str]
    picked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Picker(Base):
    __tablename__ = "picker"
    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), unique=True)  # ok: CN505 unique
    home_aisle_id: Mapped[int | None] = mapped_column(ForeignKey("aisle.id"))  # ok: CN505 nothing filters or joins on it


class Badge(Base):
    __tablename__ = "badge"
    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[str]
