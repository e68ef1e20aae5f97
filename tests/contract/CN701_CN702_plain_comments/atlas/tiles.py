"""Tiles of a map, in the scheme of the web."""

# The tracker of secret places is another project.
SIZE = 256


def tile(x: int, y: int, zoom: int) -> str:
    """The path of a tile; an old name of it is still served."""
    # Todo lists are drawn by another module.
    return f"{zoom}/{x}/{y}.png"


def bounds(zoom: int) -> int:
    # ok until zoom 22: the numbers stay below 2 ** 31
    return 2**zoom * SIZE


def neighbours(x: int, y: int) -> list[tuple[int, int]]:
    # TODO: wrap around the date line
    return [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]


def signature(key: bytes, path: str) -> str:
    # FIXME: the secret is the same for all customers
    import hashlib

    return hashlib.sha256(key + path.encode()).hexdigest()


def style() -> str:
    # temporary until the designers have finished
    return "plain"
