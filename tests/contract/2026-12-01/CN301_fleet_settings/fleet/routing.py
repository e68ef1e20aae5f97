import os
import subprocess

from fleet.settings import get_settings


def route_profile(vehicle: str) -> dict[str, object]:
    region = os.environ["FLEET_REGION"]  # want: CN301
    return {"vehicle": vehicle, "region": region, "limit": get_settings().top_speed}


def depot() -> str | None:
    return os.getenv("FLEET_DEPOT")  # ok: CN301 no accessor serves this key


def solve(matrix: str) -> str:
    environment = dict(os.environ)  # ok: CN301 a copy of the whole environment
    environment["OMP_NUM_THREADS"] = "4"
    done = subprocess.run(["vroom", "-i", matrix], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def use_style(name: str) -> None:
    os.environ["FLEET_MAP_STYLE"] = name  # ok: CN301 a write
    get_settings.cache_clear()
