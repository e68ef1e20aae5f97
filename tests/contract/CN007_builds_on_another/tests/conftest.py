import pytest
from letters.outbox import Outbox


@pytest.fixture
def outbox(tmp_path):
    folder = tmp_path / "outbox"
    folder.mkdir()
    box = Outbox(folder)
    box.open()
    yield box
    box.close()
