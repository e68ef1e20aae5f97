from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Stage(Base):
    __tablename__ = "stages"
    id = Column(Integer, primary_key=True)
    label = Column(String(40), nullable=False)
    sponsor_id = Column(ForeignKey("sponsors.id"), index=True)
    sponsor = relationship("Sponsor", lazy="joined")
    shows = relationship("Show", back_populates="stage")


class Show(Base):
    __tablename__ = "shows"
    id = Column(Integer, primary_key=True)
    artist = Column(String(80))
    stage_id = Column(ForeignKey("stages.id"), index=True)
    stage = relationship(Stage, back_populates="shows")


class Sponsor(Base):
    __tablename__ = "sponsors"
    id = Column(Integer, primary_key=True)
    brand = Column(String(80))
