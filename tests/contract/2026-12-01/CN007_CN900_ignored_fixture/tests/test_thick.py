import pytest

from bindery.books import Shelf


@pytest.fixture
def shelf() -> Shelf:  # canonry: ignore[CN007] this file is copied to the printer's repository  # ok: CN007 ignored
    made = Shelf()
    made.put("Atlas", 512)
    made.put("Poems", 96)
    made.put("Novel", 430)
    return made


def test_thick(shelf: Shelf) -> None:
    assert shelf.thick() == ["Atlas", "Novel"]
