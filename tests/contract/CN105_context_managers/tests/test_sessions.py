from library.sessions import reading


def test_reading(session, shelf, other_session):
    with reading() as own:
        assert own is not session
