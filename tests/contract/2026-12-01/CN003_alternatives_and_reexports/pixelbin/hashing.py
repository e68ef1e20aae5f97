from typing import overload

try:
    import xxhash

    def fingerprint(data: bytes) -> str:  # ok: CN003 conditional alternative
        return xxhash.xxh3_64_hexdigest(data)
except ImportError:
    import hashlib

    def fingerprint(data: bytes) -> str:  # ok: CN003 conditional alternative
        return hashlib.blake2b(data, digest_size=8).hexdigest()


@overload
def widen(value: int) -> int: ...  # ok: CN003 overload


@overload
def widen(value: str) -> str: ...  # ok: CN003 overload


def widen(value):  # ok: CN003 the implementation of the overloads
    return value * 2
