from unittest.mock import MagicMock

from proxy.core import Odd, Plain, Proxy, Record


def test_all():
    assert Proxy([]).append
    assert Record(colour="red").colour == "red"
    assert Odd().anything
    plain = Plain()
    plain.note = "x"
    assert plain.note == "x"
    plain.fill()
    assert plain.late == 2
    plain.send = MagicMock()
    plain.send.assert_not_called()
    assert plain.__class__ is Plain
    mock = MagicMock()
    mock.whatever()
