def low_tide(hours: list[float]) -> float:
    return min(hours)


# canonry: superseded-by tides.tables.low_tide
def lowest(hours: list[float]) -> float:  # want: CN702
    return sorted(hours)[0]
