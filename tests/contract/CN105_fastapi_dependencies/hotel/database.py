from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine("sqlite:///hotel.db")
SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()
    try:
        yield db  # ok: CN105 closed in finally
    finally:
        db.close()


def get_reporting_db():
    db = SessionLocal()
    yield db  # want: CN105
    db.close()


def get_booking_db():
    db = SessionLocal()
    try:
        yield db  # want: CN105
        db.commit()
    except Exception:
        db.rollback()
        db.close()
        raise
    else:
        db.close()


def get_scoped_db():
    with SessionLocal() as session:
        yield session  # ok: CN105 the with statement closes it
