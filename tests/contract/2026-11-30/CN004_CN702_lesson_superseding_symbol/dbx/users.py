from dbx.sessions import make_session, session_scope


def load(name):
    session = make_session()  # want: CN004
    return session, name


def save(name):
    with session_scope() as session:
        return session, name
