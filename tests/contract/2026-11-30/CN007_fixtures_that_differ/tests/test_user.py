import pytest


@pytest.fixture
def user(user):
    user["role"] = "admin"
    return user


@pytest.fixture(params=["x", "y"])
def name(request):
    return request.param


def test_user(user, name):
    assert user["role"] == "admin"
