"""Users' API."""
import logging

logger = logging.getLogger(__name__)


# TODO: check permissions before returning the user
def get_user(db, user_id):
    return db.get(user_id)


def login(db, name, password):
    user = db.find(name)
    # FIXME passwords are stored without encryption
    if user and user.password == password:
        return {"token": name}  # XXX: sign this token
    return None


def search(db, text):
    """Find users.

    HACK: possible SQL injection, escape the text
    """
    return db.execute(f"select * from users where name like '%{text}%'")
