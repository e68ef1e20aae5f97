import os


def test_key(monkeypatch):
    monkeypatch.setenv("MAIL_API_KEY", "k")
    assert os.environ["MAIL_API_KEY"] == "k"
