import random
import string

ALPHABET = string.ascii_letters + string.digits


# canonry: superseded-by shortener.codes.unique_code
def random_code(length: int = 6) -> str:  # want: CN004
    return "".join(random.choices(ALPHABET, k=length))


def unique_code(taken: set[str], length: int = 6) -> str:
    while True:
        code = random_code(length)  # ok: CN004 inside the replacement
        if code not in taken:
            return code
