import pytest

from app.models import User


@pytest.fixture
def admin():  # want: CN007
    account = User("root", role="admin")
    account.active = True
    account.email = "root@example.com"
    return account


def test_role(admin):
    assert admin.role == "admin"


def test_name(admin_user):
    assert admin_user.name == "root"
