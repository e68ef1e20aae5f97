import hmac

EXPECTED = "-".join(str(n) for n in range(4))


def accept(token: str) -> bool:
    return hmac.compare_digest(token, EXPECTED)  # ok: CN703 the correct form


def accept_old(token: str) -> bool:
    if token == EXPECTED:  # want: CN703
        return True
    return token.endswith(EXPECTED[:1])


def same_order(order: str, other: str) -> bool:
    return order == other  # ok: CN703 other names
