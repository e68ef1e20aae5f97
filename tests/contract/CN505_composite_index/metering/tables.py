from sqlalchemy import Column, DateTime, Float, ForeignKey, Index, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Meter(Base):
    __tablename__ = "meter"

    id = Column(Integer, primary_key=True)


class Reading(Base):
    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_at_meter", "at", "meter_id"),)

    id = Column(Integer, primary_key=True)
    meter_id = Column(Integer, ForeignKey("meter.id"))  # want: CN505
    at = Column(DateTime)
    value = Column(Float)


class Alarm(Base):
    __tablename__ = "alarm"
    __table_args__ = (Index("ix_alarm_meter_at", "meter_id", "at"),)

    id = Column(Integer, primary_key=True)
    meter_id = Column(Integer, ForeignKey("meter.id"), nullable=False)  # ok: CN505 the index begins with it
    at = Column(DateTime)
