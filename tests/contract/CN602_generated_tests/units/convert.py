TABLE = {("m", "cm"): 100, ("km", "m"): 1000, ("h", "min"): 60}


def convert(value: float, source: str, target: str) -> float:
    return value * TABLE[source, target]
