import os

from fleet.environment import environment


class Map:
    def tile(self, x: int, y: int) -> str:
        return f"{os.environ['MAP_TILES']}/{x}/{y}.png"  # want: CN301 map_tiles

    def label(self) -> str:
        return environment.depot
