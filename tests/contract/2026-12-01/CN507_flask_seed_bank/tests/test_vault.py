import pytest


def test_samples(client):
    assert client.get("/vault/samples").get_json() == ["rye"]  # ok: CN507 the blueprint's prefix


def test_deposit(client):
    stored = client.post("/vault/sample", json={"species": "spelt"})  # want: CN507
    assert "spelt" in stored.get_json()


def test_sample_by_number(client):
    assert client.get("/vault/samples/1").get_json()["species"] == "rye"  # ok: CN507 int converter


def test_health(client):
    assert client.get("/health").data == b"ok"  # ok: CN507 add_url_rule


def test_healthz(client):
    assert client.get("/healthz").status_code == 200  # want: CN507


@pytest.mark.parametrize("lot", ["a", "b"])
def test_discard(client, lot):
    assert client.delete(f"/vault/samples/1/lots/{lot}").status_code == 200  # ok: CN507 served


def test_no_replacing(client):
    assert client.put("/vault/samples", json={}).status_code == 405  # ok: CN507 expects 405


def test_replacing_a_sample(client):
    changed = client.put("/vault/samples/1", json={"species": "oats"})  # want: CN507
    assert changed.get_json()["species"] == "oats"


def test_session_value(client):
    with client.session_transaction() as session:
        session["path"] = "/vault/cellar"  # ok: CN507 not a request
    assert session.get("/vault/cellar") is None  # ok: CN507 a session, no client
