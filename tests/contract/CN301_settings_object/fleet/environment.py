import os


class Environment:
    @property
    def map_tiles(self) -> str:
        return os.environ["MAP_TILES"]  # ok: CN301 a config module by the settings

    @property
    def depot(self) -> str:
        return os.environ.get("DEPOT_NAME", "north")


environment = Environment()
