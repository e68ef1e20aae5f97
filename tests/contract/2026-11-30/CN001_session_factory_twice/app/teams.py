from app.db.session import session_scope


def add_team(name: str) -> None:
    with session_scope() as session:
        session.execute("insert into teams (name) values (:name)", {"name": name})
