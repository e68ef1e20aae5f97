def kite_for(weight: int, wind: int) -> int:
    size = weight / max(wind, 8) * 2.2
    return min((5, 7, 9, 12, 14), key=lambda square_metres: abs(square_metres - size))
