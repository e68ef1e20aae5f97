from meter.reading import parse  # want: CN602


def scenario(value: int):
    def test_value():
        assert parse(f"x;{value}").litres == value

    test_value()
