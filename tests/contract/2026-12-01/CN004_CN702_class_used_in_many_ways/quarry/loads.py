from dataclasses import dataclass


@dataclass
class Load:
    kilograms: int
    material: str

    def tonnes(self) -> float:
        return self.kilograms / 1000


# canonry: superseded-by quarry.loads.Load (tonnes were rounded in the old one)
@dataclass
class TruckLoad:  # want: CN004
    tons: float
    kind: str = "gravel"
