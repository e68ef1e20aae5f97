import secrets


def new_key() -> str:
    # TODO(SEC-41): rotate the secret every week
    return secrets.token_hex(16)


def read_key(path: str) -> str:
    # TODO: the secret must not lie in a file
    with open(path) as stream:
        return stream.read().strip()


def same(left: str, right: str) -> bool:
    # FIXME SEC-77 compare the token in constant time
    return left == right
