from dataclasses import dataclass


@dataclass
class Thermostat:
    target: float = 20.0

    def warmer(self, by: float = 0.5) -> "Thermostat":
        return Thermostat(self.target + by)
