from unittest.mock import *


def fake_clock():
    return MagicMock(return_value=3)  # ok: CN601 a star import
