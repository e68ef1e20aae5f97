import pytest

from app.models import User


@pytest.fixture
def admin_user():
    user = User("root", role="admin")
    user.active = True
    user.email = "root@example.com"
    return user
