from app.db.session import session_scope


def add_user(name: str) -> None:
    with session_scope() as session:
        session.execute("insert into users (name) values (:name)", {"name": name})
