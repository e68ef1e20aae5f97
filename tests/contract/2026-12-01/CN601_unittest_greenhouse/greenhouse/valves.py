class Valve:
    def __init__(self, bus) -> None:
        self.bus = bus
        self.opened = 0

    def open_for(self, seconds: int) -> None:
        self.opened += seconds
        self.bus.write(f"OPEN {seconds}")

    def state(self) -> str:
        return self.bus.read("STATE").lower()
