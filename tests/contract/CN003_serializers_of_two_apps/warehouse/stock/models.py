from dataclasses import dataclass


@dataclass
class Pallet:
    code: str
    weight: float
    place: str
