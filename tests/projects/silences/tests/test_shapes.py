"""Tests: cases look alike by nature."""

from app.shapes import Circle, Square


def test_circle_area():  # ok: a test case
    shape = Circle(2.0)
    expected = 12.56636
    assert abs(shape.area() - expected) < 1e-6
    assert shape.describe() == "circle of 12.57 square metres"


def test_square_area():  # ok: a test case
    shape = Square(2.0)
    expected = 4.0
    assert abs(shape.area() - expected) < 1e-6
    assert shape.describe() == "square of 4.00 square metres"
