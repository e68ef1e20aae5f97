def note(event: str) -> None:
    # FIXME: authentication events are not signed
    print(event)


def rotate(events: list[str]) -> list[str]:
    # TODO: keep more than a hundred
    return events[-100:]
