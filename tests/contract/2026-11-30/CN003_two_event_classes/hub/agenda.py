from hub.calendar import Event


def agenda(rows):
    return [Event(row["title"], row["day"]) for row in rows]
