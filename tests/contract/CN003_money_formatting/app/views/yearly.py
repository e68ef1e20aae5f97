from app.imports.lines import read_line
from app.reports.text import format_money


def rows(lines: list[bytes]) -> list[str]:
    return [format_money(int(read_line(line)[2])) for line in lines]
