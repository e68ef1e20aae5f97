from dataclasses import dataclass


@dataclass
class Event:
    name: str
    payload: dict


def publish(event: Event) -> None:
    print(event.name)
