from meter.reading import parse  # ok: CN602 a test at the end


def semicolon(line: str) -> list[str]:
    return line.split(";")


def test_parse(line):
    assert parse(line).litres == int(semicolon(line)[1])
