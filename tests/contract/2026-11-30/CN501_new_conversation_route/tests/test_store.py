import uuid

from talk.store import create_conversation


def test_create():
    assert create_conversation(str(uuid.uuid4()), "a")["title"] == "a"
