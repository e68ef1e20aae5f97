import pytest
from fastapi.testclient import TestClient

from apiary.app import app


@pytest.fixture
def client() -> TestClient:
    return TestClient(app)


@pytest.fixture
def hive_names(tmp_path):
    path = tmp_path / "hives.txt"
    path.write_text("linden\nclover\n")
    names = path.read_text().split()
    names.append("heather")
    return sorted(names)
