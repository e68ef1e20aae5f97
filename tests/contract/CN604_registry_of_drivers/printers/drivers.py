DRIVERS: dict[str, type] = {}
default_driver = "laser"


class Spooler:
    max_jobs = 10
    _instance = None

    @classmethod
    def instance(cls) -> "Spooler":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def accepts(self, jobs: int) -> bool:
        return jobs <= Spooler.max_jobs


def driver() -> type:
    return DRIVERS[default_driver]
