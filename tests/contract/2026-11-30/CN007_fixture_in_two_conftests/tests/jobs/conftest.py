import pytest

from svc.main import create_app


@pytest.fixture
def app(tmp_path):  # want: CN007
    config = {"db": f"sqlite:///{tmp_path}/db.sqlite", "testing": True}
    application = create_app(config)
    yield application
    (tmp_path / "db.sqlite").unlink(missing_ok=True)
