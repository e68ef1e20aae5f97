import os


def test_host():
    assert os.environ.get("SMTP_HOST") != ""
