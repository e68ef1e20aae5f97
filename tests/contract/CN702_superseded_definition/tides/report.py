from tides.tables import low_tide, lowest


def report(hours: list[float]) -> str:
    return f"{lowest(hours)} m"  # ok: CN702 the definition is in the tracker


def short_report(hours: list[float]) -> str:
    return str(low_tide(hours))
