from dataclasses import dataclass

from guide.rooms import Room  # ok: CN401 its own service


@dataclass
class Tour:
    rooms: list[Room]

    def minutes(self) -> int:
        return sum(room.minutes for room in self.rooms) + 5 * (len(self.rooms) - 1)
