import pytest

from cookbook.db import Recipe, open_session


@pytest.fixture(params=[20, 45])
def limit(request) -> int:  # ok: CN007 with other params
    return request.param


@pytest.fixture
def session():  # ok: CN007 the same name, another content
    with open_session("sqlite://") as opened:
        opened.add(Recipe(id=7, title="A" * 300, minutes=1))
        yield opened


def test_title_can_be_long(session, limit: int) -> None:
    recipe = session.get(Recipe, 7)
    assert len(recipe.title[:limit]) == limit
