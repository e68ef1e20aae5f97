from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Agent(Base):
    __tablename__ = "agents"
    id: Mapped[int] = mapped_column(primary_key=True)


class Ticket(Base):
    __tablename__ = "tickets"
    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))  # want: CN505
    opener_id: Mapped[int] = mapped_column(ForeignKey("agents.id", ondelete="CASCADE"))  # ok: CN505 never asked for


class Reply(Base):
    __tablename__ = "replies"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)  # ok: CN505 primary key
    number: Mapped[int] = mapped_column(primary_key=True)
