from app.reports.text import format_money


def total_row(cents: int) -> str:
    return "Total: " + format_money(cents)
