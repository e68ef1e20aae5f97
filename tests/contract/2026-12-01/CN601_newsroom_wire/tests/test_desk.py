import typing
from unittest.mock import MagicMock as Double

from wire.desk import Desk


def test_story_is_sent():
    send = Double()  # ok: CN601 an alias
    Desk(send).file("flood")
    send.assert_called_once_with("flood")


def test_two_stories():
    send = MagicMocks()  # want: CN601
    desk = Desk(send)
    desk.file("fire")
    assert send.mock_calls == [call("fire")]  # want: CN601


def test_failing_line():
    send = Double(side_effect=ConnectionError)
    with patch.object(Desk, "send", send, create=True):  # want: CN601
        assert Desk(send).sent == []


def test_print_is_a_sender(capsys):
    Desk(print).file("storm")
    assert capsys.readouterr().out == "storm\n"  # ok: CN601 pytest's own fixture


def test_calls_of_a_list():
    calls: typing.List[str] = []
    Desk(calls.append).file("quake")
    assert calls == ["quake"]  # ok: CN601 a local name
