import garage.fleet  # ok: CN403 allowed


def bill(vehicle: str) -> int:
    return 5 if vehicle in garage.fleet.VEHICLES else 0
