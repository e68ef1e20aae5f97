from quiz.app import app


def test_about():
    with app.test_client() as client:
        assert client.get("/about").data == b"A quiz."  # ok: CN507 served


def test_answer():
    client = app.test_client()
    response = client.post("/questions/42/answers")  # want: CN507
    assert response.json["right"]


def test_change():
    client = app.test_client()
    assert client.put("/questions/3").json["number"] == 3  # ok: CN507 served


def test_removal():
    client = app.test_client()
    assert client.delete("/questions/3").status_code == 200  # want: CN507


def test_missing_page():
    client = app.test_client()
    assert client.get("/abuot").status_code == 404  # ok: CN507 a 404 is expected
