import os


class Antenna:
    def __init__(self) -> None:
        self.station = os.environ["GROUND_STATION"]  # ok: CN303 no secret
        self.pin = os.environ["ANTENNA_PASSWORD"]  # ok: CN303 in this module only

    def slew(self, azimuth: float) -> str:
        return f"{self.station}:{self.pin}:{azimuth % 360:.2f}"
