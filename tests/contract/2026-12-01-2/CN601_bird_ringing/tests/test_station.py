from unittest import mock
from unittest.mock import Mock as Double

import pytest

from ringing.station import Bird, Station


def test_ring_is_stored():
    archive = MagickMock()  # want: CN601 MagicMock
    station = Station(archive, scale=Double(read=lambda: 12.5))  # ok: CN601 an alias
    station.ring("wren")
    archive.store.assert_called_once()


def test_empty_scale():
    station = Station(mock.MagicMock(), scale=Double(read=lambda: 0))  # ok: CN601 through the module
    with pytest.raises(ValueError):
        station.ring("wren")


async def test_upload():
    archive = AsyncMock()  # want: CN601
    station = Station(archive, scale=None)
    assert await station.upload([Bird("A1", "robin", 16.0)]) == 1


def test_patched_ring():
    with mock.patch("ringing.station.Bird") as bird_class:  # ok: CN601 through the module
        bird_class.return_value.grams = 3.0
        station = Station(mock.Mock(), mock.Mock())
        assert station.ring("tit").grams == 3.0
