from app.reports.text import format_money


def reminder(name: str, cents: int) -> str:
    return f"Dear {name}, {format_money(cents)} are due."
