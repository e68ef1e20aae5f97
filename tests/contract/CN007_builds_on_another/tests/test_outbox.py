import pytest
from letters.outbox import Outbox


@pytest.fixture
def full_outbox(outbox):  # ok: CN007 it builds on the other one
    for number in range(3):
        outbox.put(f"letter {number}")
    return outbox


def make_outbox(tmp_path):  # ok: CN007 no fixture
    folder = tmp_path / "outbox"
    folder.mkdir()
    box = Outbox(folder)
    box.open()
    return box


def test_three_letters(full_outbox):
    assert len(full_outbox.waiting()) == 3


def test_second_outbox(tmp_path):
    assert make_outbox(tmp_path).waiting() == []
