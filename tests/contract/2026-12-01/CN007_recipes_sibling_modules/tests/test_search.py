import pytest
from sqlalchemy import select

from cookbook.db import Recipe, open_session


@pytest.fixture
def session():
    with open_session("sqlite://") as opened:
        opened.add(Recipe(id=1, title="Soup", minutes=30))
        opened.add(Recipe(id=2, title="Bread", minutes=180))
        opened.flush()
        yield opened


def test_finds_by_title(session) -> None:
    assert session.scalars(select(Recipe.id).where(Recipe.title == "Soup")).all() == [1]
