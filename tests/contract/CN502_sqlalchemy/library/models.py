from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "author"

    id = Column(Integer, primary_key=True)
    name = Column(String(80))
    books = relationship("Book", back_populates="author")
    prizes = relationship("Prize", lazy="selectin")


class Book(Base):
    __tablename__ = "book"

    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    author_id = Column(Integer, ForeignKey("author.id"), index=True)
    author = relationship("Author", back_populates="books")


class Prize(Base):
    __tablename__ = "prize"

    id = Column(Integer, primary_key=True)
    name = Column(String(80))
    author_id = Column(Integer, ForeignKey("author.id"), index=True)
