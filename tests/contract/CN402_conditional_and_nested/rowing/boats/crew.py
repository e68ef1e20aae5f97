try:
    from .._speed import stroke_rate  # want: CN402
except ImportError:

    def stroke_rate(strokes: int, seconds: float) -> float:
        return strokes * 60 / seconds


class Crew:
    def rate(self, strokes: int, seconds: float) -> float:
        return stroke_rate(strokes, seconds)
