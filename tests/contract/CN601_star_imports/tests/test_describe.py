from chemistry import mixing
from unittest.mock import *  # noqa: F403


def test_describe():
    with patch.object(mixing, "describe", Mock(return_value="?")):  # ok: CN601 the star import defines both
        assert mixing.describe(1) == "?"
