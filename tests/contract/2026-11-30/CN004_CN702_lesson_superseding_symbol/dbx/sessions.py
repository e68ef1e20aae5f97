from contextlib import contextmanager


def make_session():
    return object()


@contextmanager
def session_scope():
    session = object()
    try:
        yield session
    finally:
        del session
