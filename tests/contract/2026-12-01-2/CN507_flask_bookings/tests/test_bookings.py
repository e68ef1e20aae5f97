def test_index(client):
    assert b"Village" in client.get("/").data  # ok: CN507 served


def test_ping(client):
    assert client.get("/ping").data == b"pong"  # ok: CN507 by add_url_rule


def test_book(client):
    reply = client.post("/v2/halls/small/bookings", json={"day": "2027-03-01"})  # ok: CN507 served
    assert reply.get_json()["count"] == 1


def test_old_prefix(client):
    reply = client.get("/halls/small")  # want: CN507
    assert reply.get_json() == {"bookings": []}


def test_read(client):
    assert client.get("/v2/halls/large").status_code == 200  # ok: CN507 served


def test_calendar(client):
    reply = client.get("/v2/halls/large/calendar")  # want: CN507
    assert reply.get_json() == {}


def test_dict_get_is_no_request():
    client = {"/v2/keys": 1}
    assert client.get("/v2/keys") == 1  # ok: CN507 a dict
