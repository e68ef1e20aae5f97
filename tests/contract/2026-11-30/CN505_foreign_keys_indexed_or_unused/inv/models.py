from sqlalchemy import Column, ForeignKey, Index, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Site(Base):  # ok: CN505 index in table args, not queried
    __tablename__ = "site"
    id = Column(Integer, primary_key=True)


class Asset(Base):
    __tablename__ = "asset"
    __table_args__ = (Index("ix_asset_site", "site_id", "kind"),)
    id = Column(Integer, primary_key=True)
    site_id = Column(Integer, ForeignKey("site.id"))
    kind = Column(Integer)
    origin_id = Column(Integer, ForeignKey("site.id"))


class Badge(Base):
    __tablename__ = "badge"
    id = Column(Integer, primary_key=True)
    site_id = Column(Integer, ForeignKey("site.id"), unique=True)
