class Fleet:
    """Cars by their call sign."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.free = set(range(size))

    def send_out(self) -> int:
        return self.free.pop()

    def bring_home(self, car: int) -> None:
        self.free.add(car)


class Settings:
    """Answers any name from its values."""

    def __init__(self, **values: object) -> None:
        self._values = values

    def __getattr__(self, name: str) -> object:
        return self._values[name]


class Dispatcher:
    def __init__(self, fleet: Fleet, settings: Settings | None = None) -> None:
        self.fleet = fleet
        self.settings = settings

    def alarm(self, place: str) -> str:
        return f"{self.fleet.send_out()} to {place}"
