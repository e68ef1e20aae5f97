from uuid import uuid4

from lobby.sessions import create_session


def test_create():
    assert create_session("ann", session_id=uuid4().hex)["user"] == "ann"  # ok: CN501 a test
