import pytest
from fastapi.testclient import TestClient

from app.main import app

client = TestClient(app)


def test_list():
    assert client.get("/api/v1/customers").status_code == 200


def test_one():
    assert client.get("/api/v1/customer/7").json() == {"id": 7}  # want: CN507


def test_note():
    response = client.post("/api/v1/customers/7/note", json={"text": "x"})  # want: CN507
    assert response.status_code == 200


def test_health():
    assert client.get("/health").json() == {"ok": True}


def test_docs():
    assert client.get("/openapi.json").status_code == 200


def test_missing():
    assert client.get("/api/v2/customers").status_code == 404
