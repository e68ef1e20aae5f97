from tests.helpers import *  # noqa: F403


def test_call():
    callback = MagicMock()  # ok: CN601 the star import may define it
    callback(1)
    callback.assert_called_once_with(1)
