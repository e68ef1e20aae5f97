import pytest

from bindery.books import Shelf


@pytest.fixture
def library() -> Shelf:  # want: CN007
    result = Shelf()
    result.put("Atlas", 512)
    result.put("Poems", 96)
    result.put("Novel", 430)
    return result


@pytest.fixture
def thin_shelf() -> Shelf:  # canonry: ignore[CN007] only brochures
    return Shelf().put("Leaflet", 4)


def test_library(library: Shelf) -> None:
    assert len(library.books) == 3


def test_nothing_thick(thin_shelf: Shelf) -> None:
    assert thin_shelf.thick() == []
