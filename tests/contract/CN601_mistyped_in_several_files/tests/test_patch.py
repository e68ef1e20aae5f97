from unittest import mock

import pytest

from depot.truck import Truck


@mock.patch("depot.truck.Truck.arrive")  # ok: CN601 through the module
def test_patched(arrive):
    Truck(None).arrive()
    arrive.assert_called_once()


@patch("depot.truck.Truck.arrive")  # want: CN601
def test_patch_itself(arrive):
    Truck(None).arrive()


def test_raises():
    with pytest.raises(AttributeError):
        Truck(None).arrive()


class OwnMock:  # ok: CN601 defined here
    pass


def test_own():
    assert OwnMock()  # ok: CN601 defined here
