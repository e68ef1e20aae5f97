from quarry.loads import Load
from quarry.loads import TruckLoad as Weighed


class FrozenLoad(Weighed):  # want: CN004
    season: str = "winter"


def weigh(raw: int, kind: str) -> Load | Weighed:  # want: CN004
    if raw < 100:
        return Weighed(raw / 10, kind)  # want: CN004
    return Load(raw, kind)  # ok: CN004 the replacement


def is_old(value: object) -> bool:
    return isinstance(value, Weighed)  # want: CN004
