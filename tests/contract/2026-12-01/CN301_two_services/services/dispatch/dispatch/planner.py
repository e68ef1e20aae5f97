import os

from dispatch.config import config


def plan(orders: list[str]) -> list[list[str]]:
    size = int(os.environ["DISPATCH_BATCH"])  # want: CN301
    return [orders[lane::size] for lane in range(size)]


def label(order: str) -> str:
    return f"{config.zone}/{order}"


def vehicle_for(orders: list[str]) -> str:
    if os.environ.get("LOGISTICS_ZONE") == "islands":  # want: CN301
        return "ferry"
    return "van" if len(orders) < 40 else "truck"


def planner_seed() -> int:
    return int(os.environ["PLANNER_SEED"])  # ok: CN301 the config does not know it
