import os
import subprocess


def is_full(ships: list[str]) -> bool:
    return len(ships) >= int(os.getenv("HARBOUR_BERTH_COUNT", "12"))  # want: CN301 berth_count


def run_crane(ship: str) -> None:
    os.environ["HARBOUR_BERTH_COUNT"] = "13"  # ok: CN301 a write
    subprocess.run(["crane", ship], env={**os.environ, "SHIP": ship}, check=True)  # ok: CN301 a copy of all
