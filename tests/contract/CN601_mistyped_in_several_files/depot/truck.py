class Truck:
    def __init__(self, radio) -> None:
        self.radio = radio

    def arrive(self) -> None:
        self.radio.say("here")
