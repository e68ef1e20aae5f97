from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kiosk.settings import get_settings


def get_session() -> Iterator[Session]:
    engine = create_engine(get_settings().database_url)  # ok: CN303 through the accessor
    with Session(engine) as session:
        yield session
