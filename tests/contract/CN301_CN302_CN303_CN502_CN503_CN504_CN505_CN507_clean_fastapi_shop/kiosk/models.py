from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Magazine(Base):
    __tablename__ = "magazine"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    issues: Mapped[list["Issue"]] = relationship(back_populates="magazine")


class Issue(Base):
    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    magazine_id: Mapped[int] = mapped_column(ForeignKey("magazine.id"), index=True)  # ok: CN505 has an index
    magazine: Mapped[Magazine] = relationship(back_populates="issues")
