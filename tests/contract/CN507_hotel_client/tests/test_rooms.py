from fastapi.testclient import TestClient

from hotel.app import app

client = TestClient(app)


def test_rooms():
    assert client.get("/api/rooms/").json() == [1, 2]  # ok: CN507 served
    assert client.get("/api/room/").status_code == 200  # want: CN507 /api/rooms
    assert client.get("/health").status_code == 200  # ok: CN507 served


def test_book():
    answer = client.post("/api/rooms/3/bookings?guest=ann")  # ok: CN507 served
    assert answer.json()["guest"] == "ann"
    client.post("/api/rooms/3/booking", params={"guest": "ann"})  # want: CN507


def test_unknown():
    assert client.get("/api/cellar").status_code == 404  # ok: CN507 the test expects 404


def test_static_and_documentation():
    client.get("/static/hotel.css")  # ok: CN507 a mount
    client.get("/openapi.json")  # ok: CN507 FastAPI serves it
