from visitors.diary import Sighting


def wall(entries: list[Sighting]) -> list[str]:
    return [f"{entry.visitor}: {entry.text}" for entry in entries[-10:]]
