class Gate:
    def __init__(self, motor) -> None:
        self.motor = motor

    def open(self) -> None:
        if self.motor.overloaded():
            raise RuntimeError("the gate is stuck")
        self.motor.run(+90)
