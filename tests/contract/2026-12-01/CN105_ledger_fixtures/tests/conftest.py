from typing import Iterator

import pytest
import requests
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ledger.model import Base, Posting


@pytest.fixture(scope="session")
def engine():
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    yield made  # ok: CN105 an engine, no session
    made.dispose()


@pytest.fixture
def session(engine) -> Iterator[Session]:
    opened = Session(engine)
    yield opened  # want: CN105
    opened.close()


@pytest.fixture
def posted(engine) -> Iterator[Session]:
    with Session(engine) as opened, opened.begin():
        opened.add(Posting(account="cash", cents=1200))
        opened.flush()
        yield opened  # ok: CN105 with around the yield


@pytest.fixture
def bank_api() -> Iterator[requests.Session]:
    http = requests.Session()
    http.headers["Accept"] = "application/json"
    yield http  # ok: CN105 an HTTP session, not one of a database
    http.close()
