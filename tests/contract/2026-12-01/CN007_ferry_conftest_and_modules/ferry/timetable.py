from dataclasses import dataclass, field


@dataclass
class Timetable:
    port: str
    sailings: dict[str, int] = field(default_factory=dict)

    def add(self, time: str, seats: int) -> None:
        self.sailings[time] = seats

    def book(self, time: str, people: int) -> int:
        left = self.sailings[time] - people
        if left < 0:
            raise ValueError("full")
        self.sailings[time] = left
        return left
