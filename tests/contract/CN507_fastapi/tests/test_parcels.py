from depot.api import app
from fastapi.testclient import TestClient

client = TestClient(app)


def test_no_parcels():
    assert client.get("/api/v1/parcels").json() == []


def test_one_parcel():
    assert client.get("/api/v1/parcel/7").json() == 7  # want: CN507


def test_parcels_of_a_town():
    assert client.get("/api/v1/parcels?town=Ulm").status_code == 200  # ok: CN507 the query is no part of it


def test_event():
    answer = client.post("/api/v1/parcels/7/events", params={"kind": "lost"})  # ok: CN507 served
    assert answer.json() == "lost"


def test_without_the_prefix():
    assert client.get("/parcels").status_code == 200  # want: CN507


def test_documentation():
    assert client.get("/docs").status_code == 200  # ok: CN507 FastAPI's own
    assert "paths" in client.get("/openapi.json").json()  # ok: CN507 FastAPI's own


def test_logo():
    assert client.get("/static/logo.svg").status_code == 200  # ok: CN507 mounted


def test_unknown_pages():
    assert client.get("/api/v2/parcels").status_code == 404  # ok: CN507 a 404 is expected


def test_events_cannot_be_read():
    answer = client.get("/api/v1/parcels/7/events")  # ok: CN507 a 405 is expected
    assert answer.status_code == 405
