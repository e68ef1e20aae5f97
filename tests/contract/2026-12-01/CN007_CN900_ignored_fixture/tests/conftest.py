import pytest

from bindery.books import Shelf


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    made.put("Atlas", 512)
    made.put("Poems", 96)
    made.put("Novel", 430)
    return made
