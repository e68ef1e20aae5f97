from drivers.shifts import free  # ok: CN403 the way back is for type checkers only


def plan(day: str) -> list[str]:
    return free(day)
