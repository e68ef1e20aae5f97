import httpx
import pytest
from fastapi.testclient import TestClient

from allotment.main import app

client = TestClient(app)


def test_list():
    reply = client.get("/api/plots/")  # ok: CN507 router prefix and include prefix
    assert reply.status_code == 200


def test_one():
    assert client.get("/api/plots/2").json()["number"] == 2  # ok: CN507 a path parameter


def test_first_tenant():
    reply = client.get("/api/plot/1")  # want: CN507
    assert reply.json()["tenant"] == "Ida"


def test_let():
    reply = client.put("/api/plots/2/tenant?name=Per")  # ok: CN507 the query does not count
    assert reply.json()["tenant"] == "Per"


def test_let_by_post():
    reply = client.post("/api/plots/2/tenant", params={"name": "Per"})  # want: CN507
    assert reply.status_code == 200


def test_unknown_path():
    assert client.get("/api/sheds").status_code == 404  # ok: CN507 404 is expected


def test_wrong_method():
    reply = client.delete("/api/plots/2")  # ok: CN507 405 is expected
    assert reply.status_code == 405


@pytest.mark.parametrize("number", [1, 2])
def test_each(number):
    assert client.get(f"/api/plots/{number}").is_success  # ok: CN507 served for every number


def test_schema_and_files():
    assert "paths" in client.get("/openapi.json").json()  # ok: CN507 served by the framework
    client.get("/static/logo.svg")  # ok: CN507 below a mount


def test_weather_station():
    reply = httpx.get("https://weather.example/api/now")  # ok: CN507 another host
    assert reply.json()["temperature"] < 60
