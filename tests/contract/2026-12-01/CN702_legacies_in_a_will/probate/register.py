from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Will(Base):
    __tablename__ = "wills"

    id: Mapped[int] = mapped_column(primary_key=True)
    testator: Mapped[str] = mapped_column(String(120))
    # TODO update later to the number of the national register
    number: Mapped[str] = mapped_column(String(20))
    # temporary until the courts agree on one spelling
    court: Mapped[str] = mapped_column(String(80))
