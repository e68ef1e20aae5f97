import pytest
from library.sessions import Factory


@pytest.fixture
def session():
    session = Factory()
    yield session  # want: CN105
    session.close()


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    yield folder  # ok: CN105 a folder
    folder.rmdir()


@pytest.fixture
def other_session():
    with Factory() as session:
        yield session  # ok: CN105 the with statement closes it
