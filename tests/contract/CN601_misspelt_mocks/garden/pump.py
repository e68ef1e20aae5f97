class Pump:
    def __init__(self, pin, clock) -> None:
        self.pin = pin
        self.clock = clock

    def water(self, seconds: int) -> None:
        self.pin.on()
        self.clock.sleep(seconds)
        self.pin.off()
