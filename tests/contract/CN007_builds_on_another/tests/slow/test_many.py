import pytest
from letters.outbox import Outbox


@pytest.fixture
def outbox(tmp_path):  # want: CN007
    folder = tmp_path / "outbox"
    folder.mkdir()
    box = Outbox(folder)
    box.open()
    yield box
    box.close()


def test_a_thousand_letters(outbox):
    for number in range(1000):
        outbox.put(str(number))
    assert len(outbox.waiting()) == 1000
