from wire import desk

if hasattr(desk, "AsyncDesk"):
    from unittest.mock import AsyncMock as Sender
else:
    from unittest.mock import Mock as Sender


def test_kind():
    assert desk.Desk(Sender()).sent == []  # ok: CN601 imported in both branches


def test_freelancer():
    sender = MagickMock(return_value=None)  # want: CN601
    desk.Desk(sender).file("strike")
    assert sender.called


def test_spied(mocker):
    spy = mocker.spy(desk.Desk, "file")  # ok: CN601 pytest-mock's fixture
    desk.Desk(str).file("frost")
    assert spy.call_count == 1
