from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    above_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    above: Mapped["Shelf | None"] = relationship(remote_side=[id])
