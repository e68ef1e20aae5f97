from unittest import mock


class MagicNote:
    pass


class FakeMock:
    pass


def MockClient():
    return FakeMock()


def test_b():
    assert MagicNote() is not None
    assert mock.MagicMock() is not None
    assert MockClient() is not None


def test_c():
    try:
        from unittest.mock import AsyncMock
    except ImportError:
        AsyncMock = None
    assert AsyncMock is not None
