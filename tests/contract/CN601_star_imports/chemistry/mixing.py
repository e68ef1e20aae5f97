def concentration(part: float, rest: float) -> float:
    return part / (part + rest)


def describe(part: float) -> str:
    return str(MagicNone(part))  # ok: CN601 no test
