from dataclasses import dataclass


@dataclass
class Fish:
    name: str

    def move(self) -> None:
        from . import tanks  # ok: CN402 off

        tanks.Tank().add(self.name)
