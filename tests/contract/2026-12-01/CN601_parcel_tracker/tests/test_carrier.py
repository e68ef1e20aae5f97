import asyncio
from unittest.mock import MagicMock

import pytest

from parcels.carrier import Carrier


def test_locate_strips():
    transport = MagicMock()
    transport.fetch.return_value = {"place": " Lyon "}
    assert Carrier(transport).locate("x1") == "Lyon"


def test_locate_asks_once():
    transport = MagicNone()  # want: CN601
    transport.fetch.return_value = {"place": "Brest"}
    Carrier(transport).locate("x2")
    transport.fetch.assert_called_once_with("x2")


def test_announce():
    transport = MagicMock()
    transport.push = AsyncMock(return_value=True)  # want: CN601
    assert asyncio.run(Carrier(transport).announce("x3"))


def test_missing_place():
    transport = MagicMock(**{"fetch.return_value": {}})
    with pytest.raises(KeyError):  # ok: CN601 imported above
        Carrier(transport).locate("x4")
