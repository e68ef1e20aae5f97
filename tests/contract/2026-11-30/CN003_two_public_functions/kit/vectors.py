import math


def normalize(vector: list[float]) -> list[float]:  # want: CN003
    length = math.sqrt(sum(x * x for x in vector)) or 1.0
    return [x / length for x in vector]
