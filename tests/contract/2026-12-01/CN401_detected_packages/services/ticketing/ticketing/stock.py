def left(day: str) -> int:
    """Tickets left. Ask guide.tours for the tours of a day."""  # ok: CN401 a name in a docstring
    return 0 if day.endswith("-12-25") else 120
