import requests


def test_one(client):
    assert client.get("/teas/assam").json["name"] == "assam"  # ok: CN507 served
    assert client.delete("/teas/assam").status_code == 200  # ok: CN507 served


def test_cups(client):
    assert client.post("/teas/assam/cups").json["cups"] == 1  # ok: CN507 served
    assert client.post("/teas/assam/cup").json["cups"] == 1  # want: CN507
    assert client.put("/teas/assam").status_code == 200  # want: CN507


def test_elsewhere():
    requests.get("https://tea.example/teas/of/the/day", timeout=5)  # ok: CN507 another host
