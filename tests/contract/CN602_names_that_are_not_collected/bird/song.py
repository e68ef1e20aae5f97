def sing(times: int) -> str:
    return "tweet " * times
