import os


class FogSensor:
    def __init__(self) -> None:
        self.bus = os.getenv("SENSOR_FOG_BUS")  # want: CN008

    def path(self) -> str:
        return f"/dev/{self.bus}" if self.bus else "/dev/null"
