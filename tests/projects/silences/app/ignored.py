"""What is taken back by a comment."""

from app import shapes


def describe_shape(shape: shapes.Shape) -> str:  # canonry: ignore[CN001] the report has its own words
    """A line for a person."""
    kind = type(shape).__name__.lower()
    return f"{kind} of {shape.area():.2f} square metres"
