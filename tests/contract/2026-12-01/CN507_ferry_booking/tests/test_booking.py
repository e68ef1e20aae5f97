import httpx
from fastapi.testclient import TestClient

from ferry.app import app

client = TestClient(app)


def test_list():
    assert client.get("/api/v1/sailings/").json() == ["Oban-Barra"]  # ok: CN507 router prefix and include prefix


def test_one_booking():
    assert client.get("/api/v1/sailings/OB/bookings/7").json() == "OB-7"  # ok: CN507 path parameters


def test_booking_singular():
    assert client.get("/api/v1/sailings/OB/booking/7").status_code == 200  # want: CN507


def test_forgotten_prefix():
    assert client.get("/sailings/").status_code == 200  # want: CN507


def test_book():
    answer = client.post(
        "/api/v1/sailings/OB/bookings",  # ok: CN507 served
        params={"seats": 2},
    )
    assert answer.status_code == 201


def test_free_on_deck():
    assert client.get("/api/v1/cabins/free?deck=3").json() == 9  # ok: CN507 the query is not part of the path


def test_cabins_misspelt():
    response = client.get("/api/v1/cabin/free")  # want: CN507
    assert response.json() == 11


def test_deep_plan():
    assert client.get("/api/v1/cabins/plans/deck/4/aft.svg").text  # ok: CN507 a path converter


def test_schema_and_styles():
    assert client.get("/openapi.json").status_code == 200  # ok: CN507 served by FastAPI
    assert client.get("/static/ferry.css").is_success  # ok: CN507 mounted


def test_unknown_is_refused():
    assert client.get("/api/v1/submarines").status_code == 404  # ok: CN507 expects 404


def test_weather_service_is_up():
    assert httpx.get("https://weather.example/api/v1/marine").is_success  # ok: CN507 an external host
