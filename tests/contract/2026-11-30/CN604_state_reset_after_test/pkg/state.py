import os

CACHE = {}
LEVEL = 1


def level():  # ok: CN604 finally, tearDown, autouse, monkeypatch, addCleanup
    return LEVEL


def region():
    return os.environ.get("REGION")
