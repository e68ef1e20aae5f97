from sqlalchemy import Column, Date, ForeignKey, Integer, PrimaryKeyConstraint, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Hive(Base):
    __tablename__ = "hives"
    id = Column(Integer, primary_key=True)
    queen_id = Column(Integer, ForeignKey("queens.id"), index=True)  # ok: CN505 indexed
    mother_hive_id = Column(Integer, ForeignKey("hives.id"))  # want: CN505


class Queen(Base):
    __tablename__ = "queens"
    id = Column(Integer, primary_key=True)
    breeder_id = Column(ForeignKey("breeders.id"))  # want: CN505
    born = Column(Date)


class Breeder(Base):
    __tablename__ = "breeders"
    id = Column(Integer, primary_key=True)
    parish = Column(String(50))


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (PrimaryKeyConstraint("hive_id", "day"),)
    hive_id = Column(ForeignKey("hives.id"))  # ok: CN505 first part of the primary key
    day = Column(Date)
    weather_code = Column(Integer)


class Sting(Base):
    """Who was stung by which queen's daughters."""

    __tablename__ = "stings"
    id = Column(Integer, primary_key=True)
    queen_id = Column(ForeignKey("queens.id"))  # ok: CN505 the queries filter Hive.queen_id, not this one
    victim = Column(String(80))
