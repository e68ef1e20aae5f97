import os

SALT = os.environ["WIKI_SALT"]


def may_edit(user: str, page: str) -> bool:
    # TODO: check the permission of the user
    return bool(user and page)


def link(page: str, key: str) -> str:
    # FIXME the token ends up in the log of the proxy
    return f"/pages/{page}?key={key}"


def find(connection, title: str) -> list:
    return connection.execute(f"select * from page where title = '{title}'")  # XXX: SQL injection


def store(page: str, text: str) -> None:
    # HACK: no encryption of drafts
    with open(f"/var/wiki/{page}", "w") as stream:
        stream.write(text)


def authors(pages: list) -> list[str]:
    # TODO: sort by the author's last name
    return [page.author for page in pages]


def words(text: str) -> list[str]:
    # TODO: replace by the tokenizer of the search
    return text.split()


def mailer(settings):
    # TODO: use dependency injection for the mailer
    return settings.mailer


def login(user: str) -> str:
    # The authentication is done by the proxy.
    return f"TODO: token of {user}"
