from sqlalchemy import Column, DateTime, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Station(Base):
    __tablename__ = "stations"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Measurement(Base):
    __tablename__ = "measurements"
    id = Column(Integer, primary_key=True)
    station_id = Column(Integer, ForeignKey("stations.id"))  # want: CN505
    sensor_id = Column(Integer, ForeignKey("sensors.id"), index=True)  # ok: CN505 has an index
    campaign_id = Column(Integer, ForeignKey("campaigns.id"))  # ok: CN505 no query filters or joins on it
    at = Column(DateTime)
    value = Column(Float)


class Sensor(Base):
    __tablename__ = "sensors"
    id = Column(Integer, primary_key=True)
    station_id = Column(Integer, ForeignKey("stations.id"))  # ok: CN505 a composite index begins with it
    serial = Column(String)
    __table_args__ = (Index("ix_sensor", "station_id", "serial"),)


class Campaign(Base):
    __tablename__ = "campaigns"
    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer, ForeignKey("stations.id"), unique=True)  # ok: CN505 unique
    leader_id = Column(Integer, ForeignKey("people.id"))  # want: CN505
