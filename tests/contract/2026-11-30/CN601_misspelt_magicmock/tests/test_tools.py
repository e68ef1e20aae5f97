from unittest.mock import MagicMock


def test_one():
    tool = MagicNone(spec=object)  # want: CN601
    assert tool is not None
    assert MagicMock() is not tool
