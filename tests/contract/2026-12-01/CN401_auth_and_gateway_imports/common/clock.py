import time


def seconds_since(moment: float) -> float:
    return time.time() - moment
