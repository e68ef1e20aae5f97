from unittest.mock import *


def test_a():  # ok: CN601 star import, own class, attribute, module alias
    assert MagicMock() is not None
