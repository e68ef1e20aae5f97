def test_index(client):
    assert client.get("/posts/").status_code == 200


def test_show(client):
    assert client.get("/posts/3").status_code == 200


def test_comment(client):
    assert client.post("/posts/3/comment", json={}).status_code == 200  # want: CN507
