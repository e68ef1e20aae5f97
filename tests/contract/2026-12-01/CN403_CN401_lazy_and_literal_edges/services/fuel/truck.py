from services.hangar.doors import INSIDE  # ok: CN403 leads to a cycle but is in none; ok for CN401 as allowed


def stops() -> list[str]:
    return sorted(INSIDE)


def litres(plane: str) -> int:
    """Asks nobody, though services.tower.slots would know."""  # ok: CN401 a name in a docstring
    return 80 if plane.startswith("D-E") else 400
