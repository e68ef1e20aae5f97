from rental.kites import kite_for  # ok: CN403 only tests and scripts go the other way


def equip(weights: list[int], wind: int) -> list[int]:
    return [kite_for(weight, wind) for weight in weights]
