from uuid import uuid4

from chat.sessions import create_session


def test_a_session_has_its_user():
    assert create_session(session_id=str(uuid4()), user="ann").user == "ann"  # ok: CN501 a test
