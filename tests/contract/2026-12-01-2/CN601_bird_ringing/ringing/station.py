"""A bird ringing station."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Bird:
    ring: str
    species: str
    grams: float


class Station:
    def __init__(self, archive, scale) -> None:
        self.archive = archive
        self.scale = scale

    def ring(self, species: str) -> Bird:
        bird = Bird(self.archive.next_ring(), species, self.scale.read())
        if bird.grams <= 0:
            raise ValueError("empty scale")
        self.archive.store(bird)
        return bird

    async def upload(self, birds: list[Bird]) -> int:
        await self.archive.upload([bird.ring for bird in birds])
        return len(birds)
