from dataclasses import dataclass


@dataclass(frozen=True)
class SkyPosition:
    ra: float
    dec: float

    def degrees(self) -> tuple[float, float]:
        return self.ra * 15, self.dec
