_notes: list[str] = []


def note(text: str) -> None:
    _notes.append(text)
