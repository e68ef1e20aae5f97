from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class Venue(Base):
    __tablename__ = "venues"

    id = Column(Integer, primary_key=True)
    city = Column(String, nullable=False)


class Concert(Base):
    __tablename__ = "concerts"

    id = Column(Integer, primary_key=True)
    band = Column(String, nullable=False)
    seats = Column(Integer, default=0)
    venue_id = Column(Integer, ForeignKey("venues.id"), index=True)
    venue = relationship(Venue, backref=backref("concerts"))
