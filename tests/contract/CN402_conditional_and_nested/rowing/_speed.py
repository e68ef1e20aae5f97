def stroke_rate(strokes: int, seconds: float) -> float:
    return 60 * strokes / seconds
