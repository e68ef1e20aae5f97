import contextlib

from app.db.session import SessionLocal


@contextlib.contextmanager
def database_transaction():  # want: CN001
    """Open a database session, commit at the end, roll back on errors."""
    db = SessionLocal()
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()


def monthly(month: str) -> list:
    with database_transaction() as db:
        return db.execute("select * from monthly where month = :m", {"m": month}).all()
