import pytest
from sqlalchemy import func, select

from cookbook.db import Recipe, open_session


@pytest.fixture
def session():
    with open_session("sqlite://") as opened:
        opened.add(Recipe(id=1, title="Soup", minutes=30))
        opened.add(Recipe(id=2, title="Bread", minutes=180))
        opened.flush()
        yield opened


@pytest.fixture(params=[30, 180])
def limit(request) -> int:  # ok: CN007 with params
    return request.param


def test_total_minutes(session, limit: int) -> None:
    total = session.scalar(select(func.sum(Recipe.minutes)).where(Recipe.minutes <= limit))
    assert total >= limit
